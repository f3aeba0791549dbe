package tunebook.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Some bytes of a file, one after another. */
final class ChannelStream extends InputStream {
    private final FileChannel channel;
    private final long end;
    private long at;

    ChannelStream(FileChannel channel, long from, long bytes) {
        this.channel = channel;
        this.at = from;
        this.end = from + bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        if (most == 0) return 0;
        if (at >= end) return -1;
        int n = channel.read(ByteBuffer.wrap(into, from, (int) Math.min(most, end - at)), at);
        if (n > 0) at += n;
        return n;
    }
}
