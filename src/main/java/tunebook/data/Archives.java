package tunebook.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tunebook.core.TunebookException;

/**
 * Unpacks {@code .zip}, {@code .tar} and {@code .tar.gz} files that nobody vouches for: only plain
 * files and folders, only inside the new folder, never more than allowed; and either all of it or
 * nothing.
 *
 * @param mostEntries files and folders at most
 * @param mostBytes bytes at most, once unpacked
 * @param mostRatio bytes once unpacked, at most, for each byte of the archive; the first mebibyte
 *     is free
 */
public record Archives(int mostEntries, long mostBytes, int mostRatio) {
    /** Checks that something is allowed. */
    public Archives {
        if (mostEntries < 1 || mostBytes < 1 || mostRatio < 1) {
            throw new TunebookException(
                    "new Archives(" + mostEntries + ", " + mostBytes + ", " + mostRatio + ")",
                    "allows nothing",
                    "give numbers of at least 1, or take Archives.usual()");
        }
    }

    /** A million entries, 32 GiB, 200 bytes for each. */
    public static Archives usual() {
        return new Archives(1_000_000, 32L << 30, 200);
    }

    /**
     * Unpacks into a new folder beside the archive, which has its name without the ending.
     *
     * @return that folder
     * @throws TunebookException as {@link #extract(Path, Path)}
     */
    public Path extract(Path archive) {
        String name = archive.getFileName().toString();
        String shorter = name.replaceFirst("(?i)(\\.tar)?\\.(zip|tar|gz|tgz)$", "");
        return extract(
                archive,
                archive.resolveSibling(shorter.equals(name) ? name + "-unpacked" : shorter));
    }

    /**
     * Unpacks into a new folder. What kind of archive it is, its first bytes say.
     *
     * @return the folder
     * @throws TunebookException if the folder is there already, the archive is missing, broken, or
     *     of another kind, an entry is a link or device, two entries have the same name on some
     *     system, a name leads out of the folder, or it is too much; nothing is left then
     */
    public Path extract(Path archive, Path folder) {
        String where = archive.toString();
        if (!Files.isRegularFile(archive)) {
            throw new TunebookException(
                    where, "there is no such file", "check the path, or download it");
        }
        Path whole = folder.toAbsolutePath();
        if (Files.exists(whole)) {
            throw new TunebookException(
                    whole.toString(), "is there already", "remove it, or name another folder");
        }
        Path part =
                whole.resolveSibling("." + whole.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
                Files.createDirectories(part);
                unpack(where, channel, new Unpacked(where, this, channel.size(), part));
                Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
                return folder;
            } finally {
                remove(part);
            }
        } catch (ZipException | EOFException e) {
            throw broken(where, "is cut off or broken: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new TunebookException(
                    where,
                    "cannot be unpacked into " + whole + ": " + e,
                    "check the paths, their rights and the space left",
                    e);
        }
    }

    private static void unpack(String where, FileChannel channel, Unpacked to) throws IOException {
        byte[] start = new ChannelStream(channel, 0, Math.min(4, channel.size())).readAllBytes();
        int first = start.length < 2 ? 0 : ((start[0] & 0xff) << 8) | (start[1] & 0xff);
        InputStream bytes = new BufferedInputStream(new ChannelStream(channel, 0, channel.size()));
        if (first == (('P' << 8) | 'K')) ZipContent.unpack(where, channel, to);
        else if (first == 0x1f8b) TarContent.unpack(where, new GZIPInputStream(bytes, 1 << 16), to);
        else TarContent.unpack(where, bytes, to);
    }

    /** An error about the archive's own bytes. */
    static TunebookException broken(String where, String what, Exception cause) {
        return new TunebookException(
                where, what, "pack or download it again; nothing of it was kept", cause);
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes of)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path inner, IOException e)
                            throws IOException {
                        if (e != null) throw e;
                        Files.delete(inner);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
