package tunebook.notebook;

import java.util.ArrayList;
import java.util.List;

/** The escape codes notebooks understand in errors. */
final class Colours {
    private static final String RED = "\u001b[1;31m";
    private static final String PLAIN = "\u001b[0m";

    private Colours() {}

    /** The first line in red: it says what happened, the others where. */
    static List<String> error(List<String> lines) {
        List<String> coloured = new ArrayList<>(lines);
        coloured.set(0, RED + lines.get(0) + PLAIN);
        return coloured;
    }
}
