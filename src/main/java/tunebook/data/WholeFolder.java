package tunebook.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder whose files belong together, one of which is read first: where that one is there, so are
 * the others, and all of one writing.
 */
public final class WholeFolder {
    private WholeFolder() {}

    /**
     * Replaces files of a folder, which is made where there is none. All are written beside it
     * first, so that where that fails, what was there stays; then the first one goes, and comes
     * last. Files of other names stay as they are.
     *
     * @param first the file without which nobody reads the others
     * @param names of all files that such a folder may have: those that are not written now go
     * @param content writes into a folder that nobody else uses
     * @throws IOException if it cannot be written
     */
    public static void write(
            Path folder, String first, Set<String> names, AtomicFile.Content content)
            throws IOException {
        Path whole = folder.toAbsolutePath().normalize();
        boolean fresh = !Files.exists(whole);
        Files.createDirectories(whole);
        Path temporary = Files.createDirectory(whole.resolve("." + UUID.randomUUID() + ".part"));
        boolean done = false;
        try {
            content.write(temporary);
            for (String name : names)
                if (Files.isDirectory(whole.resolve(name)))
                    throw new FileSystemException(whole.resolve(name) + " is a folder");
            Files.deleteIfExists(whole.resolve(first));
            for (String name : names) {
                if (name.equals(first)) continue;
                if (Files.exists(temporary.resolve(name))) move(temporary, whole, name);
                else Files.deleteIfExists(whole.resolve(name));
            }
            move(temporary, whole, first);
            done = true;
        } finally {
            for (Path left : files(temporary)) Files.deleteIfExists(left);
            Files.deleteIfExists(temporary);
            if (fresh && !done && files(whole).isEmpty()) Files.deleteIfExists(whole);
        }
    }

    private static void move(Path from, Path to, String name) throws IOException {
        Files.move(
                from.resolve(name),
                to.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
