package tunebook.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tunebook.core.TunebookException;

/**
 * Values as bytes and back, for other machines: what a study is made of, and what a run came to.
 * Only records and constants of Tunebook's own packages are made from bytes, each through the
 * constructor that checks it.
 */
final class Plain {
    private Plain() {}

    /**
     * @throws TunebookException naming what cannot be written down
     */
    static byte[] bytes(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(bytes)) {
            write(value, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no disk behind it
        }
        return bytes.toByteArray();
    }

    /**
     * @throws TunebookException if the bytes are not what {@link #bytes} wrote, to their end
     */
    static <T> T read(byte[] bytes, Class<T> type) {
        try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Object value = read(data);
            if (data.read() >= 0) throw broken("bytes are left", null);
            return type.cast(value);
        } catch (TunebookException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // lengths below zero, places beyond the last
            throw broken(e.toString(), e);
        }
    }

    static TunebookException broken(String what, Exception e) {
        return new TunebookException(
                "bytes from another machine",
                "are broken: " + what,
                "run the same version of Tunebook on every machine",
                e);
    }

    static void write(Object value, DataOutputStream out) throws IOException {
        Form form = Form.of(value);
        out.writeByte(form.mark);
        form.write(value, out);
    }

    static Object read(DataInputStream in) throws IOException {
        return Form.of((char) in.readUnsignedByte()).read(in);
    }

    /** UTF-16, so that any string comes back. */
    static void text(String text, DataOutputStream out) throws IOException {
        out.writeInt(text.length());
        out.writeChars(text);
    }

    static String text(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(Math.multiplyExact(2, in.readInt()));
        StringBuilder text = new StringBuilder(bytes.length / 2);
        for (int i = 0; i + 1 < bytes.length; i += 2)
            text.append((char) ((bytes[i] << 8) | (bytes[i + 1] & 0xff)));
        return text.toString();
    }

    static void bytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] block(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    static void all(Iterable<?> values, DataOutputStream out) throws IOException {
        for (Object value : values) {
            out.writeBoolean(true);
            write(value, out);
        }
        out.writeBoolean(false);
    }

    static List<Object> all(DataInputStream in) throws IOException {
        List<Object> values = new ArrayList<>();
        while (in.readBoolean()) values.add(read(in));
        return values;
    }
}
