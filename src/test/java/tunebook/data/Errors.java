package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;
import tunebook.core.TunebookException;

/** Asserts the words of errors. */
final class Errors {
    private Errors() {}

    static TunebookException assertSays(Executable call, String... words) {
        TunebookException e = assertThrows(TunebookException.class, call);
        for (String word : words)
            assertTrue(e.getMessage().contains(word), () -> word + " is not in: " + e.getMessage());
        return e;
    }
}
