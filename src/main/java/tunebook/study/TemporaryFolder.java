package tunebook.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tunebook.core.TunebookException;

/** A folder of files that goes away with them. */
record TemporaryFolder(Path path) implements AutoCloseable {
    static TemporaryFolder create() {
        try {
            return new TemporaryFolder(Files.createTempDirectory("tunebook"));
        } catch (IOException e) {
            throw new TunebookException(
                    "temporary folder",
                    "cannot be created: " + e,
                    "give one you may write to with -Djava.io.tmpdir=FOLDER",
                    e);
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try (Stream<Path> inside = Files.list(path)) {
            List<Path> files = inside.toList();
            for (Path file : files) Files.delete(file);
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
