package tunebook.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tunebook.core.TunebookException;

/**
 * The directory at the end of a zip file. A file of which two readers could think differently is
 * refused: entries that overlap, that are there twice, or whose own header names them otherwise.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE</a>
 */
final class ZipDirectory {
    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_BYTES = 22;
    private static final int LOCATOR_BYTES = 20;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final long LARGEST = 1L << 28;
    private static final int UNIX = 3;

    private final String where;
    private final FileChannel file;
    private final long size;
    private final int most;

    /**
     * One file of the archive.
     *
     * @param packed bytes in the archive
     * @param bytes bytes once unpacked
     * @param from where in the archive they begin
     * @param mode kind and rights under Unix, 0 where unknown
     */
    record Entry(String name, int method, int crc, long packed, long bytes, long from, int mode) {}

    private ZipDirectory(String where, FileChannel file, int most) throws IOException {
        this.where = where;
        this.file = file;
        this.size = file.size();
        this.most = most;
    }

    /**
     * The entries in the order of their bytes.
     *
     * @param where what the file is, for errors
     * @param most entries at most
     */
    static List<Entry> read(String where, FileChannel file, int most) throws IOException {
        return new ZipDirectory(where, file, most).entries();
    }

    private List<Entry> entries() throws IOException {
        long end = end();
        ByteBuffer last = at(end, END_BYTES);
        long count = last.getShort(10) & 0xffff;
        long bytes = last.getInt(12) & 0xffffffffL;
        long from = last.getInt(16) & 0xffffffffL;
        long limit = end;
        if (count == 0xffff || bytes == 0xffffffffL || from == 0xffffffffL) {
            if (end < LOCATOR_BYTES) throw broken("has no directory");
            ByteBuffer locator = at(end - LOCATOR_BYTES, LOCATOR_BYTES);
            if (locator.getInt(0) != LOCATOR_64) throw broken("has no directory");
            limit = locator.getLong(8);
            ByteBuffer end64 = at(limit, 56);
            if (end64.getInt(0) != END_64) throw broken("has no directory");
            count = end64.getLong(32);
            bytes = end64.getLong(40);
            from = end64.getLong(48);
        } else if (last.getInt(4) != 0) {
            throw broken("is one of several parts");
        }
        if (count < 0 || count > most)
            throw broken(
                    "says it has " + Long.toUnsignedString(count) + " entries, allowed " + most);
        if (bytes < 0 || bytes > LARGEST || from < 0 || from > limit - bytes)
            throw broken("says its directory lies outside of it");
        return checked(entries(at(from, bytes), count), from);
    }

    private long end() throws IOException {
        int bytes = (int) Math.min(size, END_BYTES + 0xffffL);
        ByteBuffer tail = at(size - bytes, bytes);
        for (int i = bytes - END_BYTES; i >= 0; i--)
            if (tail.getInt(i) == END && i + END_BYTES + (tail.getShort(i + 20) & 0xffff) == bytes)
                return size - bytes + i;
        throw broken("has no directory at its end: it is cut off, or no zip file");
    }

    private List<Entry> entries(ByteBuffer directory, long count) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            if (directory.remaining() < CENTRAL_BYTES
                    || directory.getInt(directory.position()) != CENTRAL)
                throw broken("has a directory that breaks off at entry " + i);
            ByteBuffer head = directory.slice(directory.position(), CENTRAL_BYTES);
            head.order(ByteOrder.LITTLE_ENDIAN);
            directory.position(directory.position() + CENTRAL_BYTES);
            int nameBytes = head.getShort(28) & 0xffff;
            int extraBytes = head.getShort(30) & 0xffff;
            int commentBytes = head.getShort(32) & 0xffff;
            if (directory.remaining() < nameBytes + extraBytes + commentBytes)
                throw broken("has a directory that breaks off at entry " + i);
            byte[] name = new byte[nameBytes];
            directory.get(name);
            ByteBuffer extra = directory.slice(directory.position(), extraBytes);
            directory.position(directory.position() + extraBytes + commentBytes);
            entries.add(entry(head, name, extra.order(ByteOrder.LITTLE_ENDIAN)));
        }
        if (directory.hasRemaining())
            throw broken("has " + directory.remaining() + " bytes after its directory's entries");
        return entries;
    }

    private Entry entry(ByteBuffer head, byte[] nameBytes, ByteBuffer extra) throws IOException {
        String name = text(nameBytes);
        if ((head.getShort(8) & 0x2041) != 0) throw bad(name, "is encrypted");
        int method = head.getShort(10) & 0xffff;
        if (method != STORED && method != DEFLATED)
            throw bad(name, "is packed by method " + method + ", not by deflate");
        ByteBuffer wide = wide(extra);
        long bytes = size(head.getInt(24), wide, name);
        long packed = size(head.getInt(20), wide, name);
        long from = size(head.getInt(42), wide, name);
        if (method == STORED && packed != bytes)
            throw bad(name, "is stored in " + packed + " bytes but has " + bytes);
        if (from < 0 || from > size - LOCAL_BYTES) throw bad(name, "lies outside of the file");
        ByteBuffer local = at(from, LOCAL_BYTES);
        if (local.getInt(0) != LOCAL) throw bad(name, "is not where the directory says");
        int localName = local.getShort(26) & 0xffff;
        long data = from + LOCAL_BYTES + localName + (local.getShort(28) & 0xffff);
        if (bytes < 0 || packed < 0 || data > size || packed > size - data)
            throw bad(name, "is cut off, or says it is larger than the file");
        if (localName != nameBytes.length
                || !at(from + LOCAL_BYTES, localName).equals(ByteBuffer.wrap(nameBytes)))
            throw bad(name, "has another name in its own header");
        boolean unix = (head.getShort(4) & 0xffff) >>> 8 == UNIX;
        int mode = unix ? head.getInt(38) >>> 16 : 0;
        return new Entry(name, method, head.getInt(16), packed, bytes, data, mode);
    }

    /** The sizes that do not fit into 32 bits. */
    private static ByteBuffer wide(ByteBuffer extra) {
        while (extra.remaining() >= 4) {
            int id = extra.getShort();
            int bytes = Math.min(extra.getShort() & 0xffff, extra.remaining());
            if (id == 1) return extra.slice(extra.position(), bytes).order(ByteOrder.LITTLE_ENDIAN);
            extra.position(extra.position() + bytes);
        }
        return ByteBuffer.allocate(0);
    }

    private long size(int narrow, ByteBuffer wide, String name) {
        if (narrow != -1) return narrow & 0xffffffffL;
        if (wide.remaining() < Long.BYTES) throw bad(name, "does not say its size");
        return wide.getLong();
    }

    private List<Entry> checked(List<Entry> entries, long directory) {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::from));
        Set<String> names = new HashSet<>();
        long end = 0;
        for (Entry entry : sorted) {
            if (!names.add(entry.name())) throw bad(entry.name(), "is there twice");
            if (entry.from() - LOCAL_BYTES - nameBytes(entry) < end)
                throw bad(entry.name(), "overlaps the one before");
            end = entry.from() + entry.packed();
            if (end > directory) throw bad(entry.name(), "overlaps the directory");
        }
        return List.copyOf(sorted);
    }

    private static int nameBytes(Entry entry) {
        return entry.name().getBytes(StandardCharsets.UTF_8).length;
    }

    private String text(byte[] name) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
        } catch (CharacterCodingException e) {
            throw broken(
                    "has a name that is not UTF-8: "
                            + HeaderReader.shown(new String(name, StandardCharsets.ISO_8859_1)));
        }
    }

    private ByteBuffer at(long from, long bytes) throws IOException {
        if (from < 0 || bytes < 0 || from > size - bytes) throw broken("is cut off");
        ByteBuffer read = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (read.hasRemaining())
            if (file.read(read, from + read.position()) < 0) throw broken("is cut off");
        return read.flip();
    }

    private TunebookException bad(String name, String what) {
        return new TunebookException(
                where + ", entry " + HeaderReader.shown(name), what, "pack or download it again");
    }

    private TunebookException broken(String what) {
        return new TunebookException(where, what, "pack or download it again");
    }
}
