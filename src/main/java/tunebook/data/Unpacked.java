package tunebook.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import tunebook.core.TunebookException;

/** The folder into which an archive is unpacked, and how much of it there may be. */
final class Unpacked {
    private static final long ALWAYS = 1 << 20;

    private final String where;
    private final Archives most;
    private final long archiveBytes;
    private final Path folder;
    private final EntryNames names;
    private final byte[] block = new byte[1 << 16];
    private int entries;
    private long bytes;

    Unpacked(String where, Archives most, long archiveBytes, Path folder) {
        this.where = where;
        this.most = most;
        this.archiveBytes = archiveBytes;
        this.folder = folder;
        this.names = new EntryNames(where);
    }

    void folder(String name) throws IOException {
        count();
        Files.createDirectories(path(names.folder(name)));
    }

    /** Writes a file of as many bytes as the stream gives, and says how many. */
    long file(String name, InputStream in) throws IOException {
        count();
        Path path = path(names.file(name));
        Files.createDirectories(path.getParent());
        long written = 0;
        try (OutputStream out =
                Files.newOutputStream(
                        path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                written += n;
                add(n);
                out.write(block, 0, n);
            }
        }
        return written;
    }

    private Path path(List<String> parts) {
        Path path = folder;
        for (String part : parts) path = path.resolve(part);
        if (!path.normalize().startsWith(folder.normalize()))
            throw new IllegalStateException(path + " was let through");
        return path;
    }

    /** Counts an entry of any kind. */
    void count() {
        if (++entries > most.mostEntries())
            throw tooMuch("has more than " + most.mostEntries() + " entries");
    }

    /** Counts bytes once unpacked, whether they are written or not. */
    void add(long more) {
        bytes += more;
        check(bytes);
    }

    /** Refuses so many bytes. */
    void check(long all) {
        if (all < 0 || all > most.mostBytes())
            throw tooMuch("unpacks to more than " + most.mostBytes() + " bytes");
        if (all > ALWAYS && all / most.mostRatio() > archiveBytes)
            throw tooMuch(
                    "unpacks to more than "
                            + most.mostRatio()
                            + " times its "
                            + archiveBytes
                            + " bytes");
    }

    private TunebookException tooMuch(String what) {
        return new TunebookException(
                where,
                what,
                "if that is right, allow more with new Archives(entries, bytes, ratio); nothing of"
                        + " it was kept");
    }
}
