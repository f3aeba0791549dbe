package tunebook.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Writes tar files, good ones and bad. */
final class Tar {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Tar file(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return entry(name, '0', bytes);
    }

    Tar entry(String name, char type, byte[] bytes) {
        return head(name, type, "%011o".formatted(bytes.length), "").content(bytes);
    }

    Tar link(String name, char type, String target) {
        return head(name, type, "00000000000", target);
    }

    Tar head(String name, char type, String size, String target) {
        byte[] head = new byte[512];
        put(head, 0, name);
        put(head, 100, "0000644");
        put(head, 124, size);
        put(head, 136, "00000000000");
        head[156] = (byte) type;
        put(head, 157, target);
        put(head, 257, "ustar\00000");
        int sum = 8 * ' ';
        for (byte b : head) sum += b & 0xff;
        put(head, 148, "%06o\0 ".formatted(sum));
        out.writeBytes(head);
        return this;
    }

    Tar content(byte[] bytes) {
        out.writeBytes(bytes);
        out.writeBytes(new byte[-bytes.length & 511]);
        return this;
    }

    /** A pax header before the next entry. */
    Tar pax(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.getBytes(StandardCharsets.UTF_8).length;
        int digits = Integer.toString(length + 1).length();
        if (Integer.toString(length + digits).length() > digits) digits++;
        return entry("pax", 'x', ((length + digits) + rest).getBytes(StandardCharsets.UTF_8));
    }

    private static void put(byte[] head, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, head, at, Math.min(bytes.length, head.length - at));
    }

    /** What was written, without the blocks that end it. */
    byte[] open() {
        return out.toByteArray();
    }

    byte[] end() {
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
