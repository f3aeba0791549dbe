package tunebook.support;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Reference data that lies beside a developer's checkout and in no user's clone. */
public final class Shared {
    private Shared() {}

    /** The file or folder; where it is absent the test is skipped and says why. */
    public static Path path(String name) {
        Path path = Path.of("../shared").resolve(name).toAbsolutePath().normalize();
        if (!Files.exists(path)) {
            String reason = "skipped: reference data " + name + " is not beside this checkout";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        return path;
    }
}
