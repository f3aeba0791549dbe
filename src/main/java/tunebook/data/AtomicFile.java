package tunebook.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** A file that is either not there, or there in full: written under another name, then renamed. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes the content of a file whose name nobody else uses. */
    @FunctionalInterface
    public interface Content {
        /** Creates and fills the file. */
        void write(Path temporary) throws IOException;
    }

    /**
     * Replaces {@code target} in one step; where writing fails, what was there stays and nothing is
     * left beside it.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path target, Content content) throws IOException {
        Path whole = target.toAbsolutePath();
        Files.createDirectories(whole.getParent());
        Path temporary =
                whole.resolveSibling("." + whole.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            content.write(temporary);
            Files.move(
                    temporary,
                    whole,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
