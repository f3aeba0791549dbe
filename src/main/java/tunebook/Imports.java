package tunebook;

import java.util.List;

/** What the cells of a notebook see of Tunebook without importing it. */
public final class Imports {
    /** As after the word {@code import}. */
    public static final List<String> ALL =
            List.of(
                    "tunebook.*",
                    "static tunebook.Tunebook.*",
                    "tunebook.model.ResNet",
                    "tunebook.course.*");

    private Imports() {}
}
