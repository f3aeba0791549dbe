package tunebook.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Files for tests that are too large for the project; where they are missing, the test skips. */
final class Shared {
    private Shared() {}

    static Path file(String name) {
        Path file = Path.of("../shared").resolve(name);
        boolean there = Files.exists(file);
        if (!there) System.out.println("skipped: there is no " + file);
        Assumptions.assumeTrue(there, "there is no " + file);
        return file;
    }
}
