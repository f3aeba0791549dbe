package tunebook.notebook;

import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.publish.PublishDisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishStream;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * What goes from cells to the notebook, in the order it came: text in batches, everything else at
 * once. Belongs to the last cell that ran, also after its end.
 */
final class Outlet {
    /** How long text waits for more, in milliseconds. */
    private static final long BATCH = 50;

    private static final int FULL = 1 << 16;

    private final JupyterSocket socket;
    private final Timer timer;
    private final Text out = new Text(PublishStream.StreamType.OUT);
    private final Text err = new Text(PublishStream.StreamType.ERR);
    private MessageContext parent;
    private boolean scheduled;

    Outlet(JupyterSocket socket, Timer timer) {
        this.socket = socket;
        this.timer = timer;
    }

    PrintStream out() {
        return new PrintStream(out, false, StandardCharsets.UTF_8);
    }

    PrintStream err() {
        return new PrintStream(err, false, StandardCharsets.UTF_8);
    }

    /** From here on output belongs to this request. */
    synchronized void parent(MessageContext request) {
        flush();
        parent = request;
    }

    /** Sends a message after the text that came before it. */
    synchronized <T extends ContentType<T>> void publish(T content) {
        flush();
        if (parent != null) {
            socket.sendMessage(new Message<>(parent, content.getType(), content));
        }
    }

    void show(DisplayData data) {
        Lane.stopIfLeftBehind();
        publish(new PublishDisplayData(data));
    }

    void update(DisplayData data) {
        Lane.stopIfLeftBehind();
        publish(new PublishUpdateDisplayData(data));
    }

    synchronized void flush() {
        scheduled = false;
        out.send();
        err.send();
    }

    private void write(Text to, byte[] bytes, int from, int length) {
        Lane.stopIfLeftBehind();
        synchronized (this) {
            (to == out ? err : out).send();
            to.append(bytes, from, length);
            if (to.size() > FULL) {
                flush();
            } else if (!scheduled) {
                scheduled = true;
                timer.after(BATCH, this::flush);
            }
        }
    }

    /** One of the two streams; the outlet's monitor guards it. */
    private final class Text extends OutputStream {
        private final PublishStream.StreamType type;
        private final CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private final StringBuilder text = new StringBuilder();
        private byte[] rest = new byte[0];

        Text(PublishStream.StreamType type) {
            this.type = type;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            Outlet.this.write(this, bytes, from, length);
        }

        int size() {
            return text.length();
        }

        /** Bytes of a character that is not whole yet wait for the others. */
        void append(byte[] bytes, int from, int length) {
            ByteBuffer in = ByteBuffer.allocate(rest.length + length);
            in.put(rest).put(bytes, from, length).flip();
            CharBuffer chars = CharBuffer.allocate(in.remaining() + 1);
            decoder.reset().decode(in, chars, false);
            text.append(chars.flip());
            rest = new byte[in.remaining()];
            in.get(rest);
        }

        void send() {
            if (text.length() > 0 && parent != null) {
                var content = new PublishStream(type, text.toString());
                text.setLength(0);
                socket.sendMessage(new Message<>(parent, content.getType(), content));
            }
        }
    }
}
