package tunebook.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import tunebook.core.TunebookException;

/**
 * Unpacks tar files in the formats ustar, GNU and pax, plain files and folders only.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">pax</a>
 */
final class TarContent {
    private static final int BLOCK = 512;
    private static final int LONGEST_HEADER = 1 << 16;

    private final String where;
    private final InputStream in;
    private final Unpacked to;
    private final byte[] head = new byte[BLOCK];
    private final Map<String, String> next = new HashMap<>();

    private TarContent(String where, InputStream in, Unpacked to) {
        this.where = where;
        this.in = in;
        this.to = to;
    }

    static void unpack(String where, InputStream in, Unpacked to) throws IOException {
        TarContent tar = new TarContent(where, in, to);
        for (boolean first = true; tar.header(first); first = false) tar.entry();
        tar.end();
    }

    /** Reads a header; false at the block of zeros that ends the archive. */
    private boolean header(boolean first) throws IOException {
        int n = in.readNBytes(head, 0, BLOCK);
        to.add(n);
        int sum = 0;
        boolean zero = true;
        for (int i = 0; i < n; i++) {
            zero &= head[i] == 0;
            sum += i >= 148 && i < 156 ? ' ' : head[i] & 0xff;
        }
        if (n == BLOCK && zero && next.isEmpty() && !first) return false;
        boolean right = n == BLOCK && !zero && sum == number(148, 8);
        if (!right && first)
            throw new TunebookException(
                    where,
                    "is neither a zip nor a tar file",
                    "give a .zip, .tar, .tar.gz or .tgz file");
        if (n < BLOCK) throw new EOFException("it ends without its closing blocks");
        if (!right) throw broken("has a header with another checksum than it says", null);
        return true;
    }

    private void entry() throws IOException {
        char type = (char) (head[156] & 0xff);
        String name = name();
        long size = next.containsKey("size") ? decimal(next.get("size")) : number(124, 12);
        if (size < 0) throw broken("has a negative or unreadable size", name);
        switch (type) {
            case 'L' -> next.put("path", text(content(size, name)).replaceFirst("\0.*", ""));
            case 'x', 'X' -> pax(content(size, name), name);
            case 'g' -> {
                content(size, name);
                to.count();
            }
            case '5' -> {
                if (size > 0) throw broken("is a folder with bytes", name);
                to.folder(name);
                next.clear();
            }
            case 0, '0', '7' -> {
                if (name.endsWith("/") && size == 0) to.folder(name);
                else file(name, size);
                next.clear();
            }
            case '1' -> throw broken("is a hard link", name);
            case '2', 'K' -> throw broken("is a symbolic link", name);
            case '3', '4' -> throw broken("is a device", name);
            case '6' -> throw broken("is a pipe", name);
            case 'S' -> throw broken("is a file with holes", name);
            default -> throw broken("is of the unknown kind " + (int) type, name);
        }
    }

    private String name() {
        if (next.containsKey("path")) return next.get("path");
        String name = field(0, 100);
        boolean posix = head[257] == 'u' && head[262] == 0;
        String prefix = posix ? field(345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private void file(String name, long size) throws IOException {
        if (size > 0) to.check(size);
        Part part = new Part(size);
        to.file(name, part);
        if (part.left > 0) throw new EOFException("it ends inside of " + HeaderReader.shown(name));
        padding(size);
    }

    private byte[] content(long size, String name) throws IOException {
        to.count();
        if (size > LONGEST_HEADER) throw broken("has a header of " + size + " bytes", name);
        to.add(size);
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) throw new EOFException("it ends inside of a header");
        padding(size);
        return content;
    }

    private void padding(long size) throws IOException {
        int rest = (int) (-size & (BLOCK - 1));
        if (in.readNBytes(rest).length < rest) throw new EOFException("it ends inside of a block");
    }

    /** Lines of {@code LENGTH KEY=VALUE}, the length in bytes and of the whole line. */
    private void pax(byte[] lines, String name) {
        int at = 0;
        while (at < lines.length) {
            int blank = at;
            while (blank < lines.length && lines[blank] != ' ') blank++;
            long length = decimal(new String(lines, at, blank - at, StandardCharsets.ISO_8859_1));
            if (length <= blank - at + 1
                    || length > lines.length - at
                    || lines[at + (int) length - 1] != '\n')
                throw broken("has a header that cannot be read", name);
            byte[] line = new byte[at + (int) length - 1 - (blank + 1)];
            System.arraycopy(lines, blank + 1, line, 0, line.length);
            int equals = 0;
            while (equals < line.length && line[equals] != '=') equals++;
            if (equals == line.length) throw broken("has a header that cannot be read", name);
            String key = new String(line, 0, equals, StandardCharsets.ISO_8859_1);
            if (key.startsWith("GNU.sparse")) throw broken("is a file with holes", name);
            if (key.equals("path") || key.equals("size"))
                next.put(key, text(Arrays.copyOfRange(line, equals + 1, line.length)));
            at += (int) length;
        }
    }

    /** After the first block of zeros there may be more of them, and nothing else. */
    private void end() throws IOException {
        byte[] rest = new byte[1 << 14];
        for (int n = in.read(rest); n >= 0; n = in.read(rest)) {
            to.add(n);
            for (int i = 0; i < n; i++)
                if (rest[i] != 0) throw broken("goes on after its end", null);
        }
    }

    private String field(int from, int most) {
        int length = 0;
        while (length < most && head[from + length] != 0) length++;
        return text(Arrays.copyOfRange(head, from, from + length));
    }

    private String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw broken(
                    "has a name that is not UTF-8", new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    private static long decimal(String digits) {
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
    }

    /** An octal number, or one of 64 bits where GNU's tar needs more; -1 where it is none. */
    private long number(int from, int width) {
        if ((head[from] & 0x80) != 0) {
            for (int i = from; i < from + width - 8; i++) if ((head[i] & 0x7f) != 0) return -1;
            return ByteBuffer.wrap(head, from + width - 8, 8).getLong();
        }
        String digits = new String(head, from, width, StandardCharsets.ISO_8859_1);
        digits = digits.replaceFirst("\0.*", "").strip();
        return digits.matches("[0-7]{0,20}") ? Long.parseLong("0" + digits, 8) : -1;
    }

    private TunebookException broken(String what, String name) {
        String at = name == null ? where : where + ", entry " + HeaderReader.shown(name);
        return Archives.broken(at, what, null);
    }

    /** The bytes of one file. */
    private final class Part extends InputStream {
        private long left;

        Part(long bytes) {
            left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            if (left == 0) return -1;
            int n = in.read(into, from, (int) Math.min(most, left));
            if (n > 0) left -= n;
            return n;
        }
    }
}
