package tunebook.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Unpacks zip files. */
final class ZipContent {
    private static final int KIND = 0170000;
    private static final int FOLDER = 0040000;
    private static final int FILE = 0100000;
    private static final int LINK = 0120000;
    private static final int MOST_ENTRIES = 10_000_000;
    private static final int BLOCK = 1 << 16;

    private ZipContent() {}

    static void unpack(String where, FileChannel channel, Unpacked to) throws IOException {
        var entries = ZipDirectory.read(where, channel, MOST_ENTRIES);
        to.check(entries.stream().mapToLong(ZipDirectory.Entry::bytes).reduce(0, ZipContent::sum));
        for (ZipDirectory.Entry entry : entries) {
            String at = where + ", entry " + HeaderReader.shown(entry.name());
            int kind = entry.mode() & KIND;
            boolean folder = entry.name().endsWith("/");
            if (kind != 0 && kind != (folder ? FOLDER : FILE))
                throw Archives.broken(
                        at,
                        kind == LINK ? "is a symbolic link" : "is neither a file nor a folder",
                        null);
            if (folder && entry.bytes() > 0)
                throw Archives.broken(at, "is a folder with bytes", null);
            if (folder) to.folder(entry.name());
            else file(at, entry, channel, to);
        }
    }

    private static long sum(long a, long b) {
        return a < 0 || a + b < 0 ? -1 : a + b;
    }

    private static void file(String at, ZipDirectory.Entry entry, FileChannel channel, Unpacked to)
            throws IOException {
        InputStream packed = new ChannelStream(channel, entry.from(), entry.packed());
        Inflater inflater = new Inflater(true);
        CRC32 crc = new CRC32();
        long written;
        try (InputStream plain =
                entry.method() == ZipDirectory.STORED
                        ? packed
                        : new InflaterInputStream(packed, inflater, BLOCK)) {
            written = to.file(entry.name(), new CheckedInputStream(plain, crc));
            boolean whole =
                    entry.method() == ZipDirectory.STORED
                            || inflater.getBytesRead() == entry.packed();
            if (written != entry.bytes() || !whole)
                throw Archives.broken(
                        at, "has " + written + " bytes where " + entry.bytes() + " are due", null);
        } finally {
            inflater.end();
        }
        if ((int) crc.getValue() != entry.crc())
            throw Archives.broken(at, "has another checksum than the archive says", null);
    }
}
