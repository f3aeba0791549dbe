package tunebook.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** A file's bytes by place; of a large file, only what is looked at is read from disk. */
final class MappedFile {
    private static final long SMALL = 1 << 20;

    private final String where;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer whole;

    MappedFile(String where, FileChannel channel) throws IOException {
        this.where = where;
        this.channel = channel;
        this.size = channel.size();
        if (size <= SMALL) whole = read((int) size);
        else whole = size <= Integer.MAX_VALUE ? map(0, size) : null;
    }

    String where() {
        return where;
    }

    long size() {
        return size;
    }

    /** A little-endian view of bytes that lie in the file. */
    ByteBuffer slice(long from, long bytes) throws IOException {
        if (whole == null) return map(from, bytes);
        return whole.slice((int) from, (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    // Mapping costs more than reading where there is little to read.
    private ByteBuffer read(int bytes) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(bytes);
        while (read.hasRemaining())
            if (channel.read(read, read.position()) < 0)
                throw new EOFException("it became shorter meanwhile");
        return read.flip();
    }

    private ByteBuffer map(long from, long bytes) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, from, bytes)
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
