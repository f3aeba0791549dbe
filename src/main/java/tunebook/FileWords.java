package tunebook;

import java.nio.file.Path;

/** The word for files. */
public abstract sealed class FileWords extends TrackerWords permits Tunebook {
    FileWords() {}

    /**
     * Writes what a notebook would show as a file of the kind that its name ends in: {@code .html}
     * a whole page, light or dark as its reader has it; {@code .txt}; {@code .svg} and {@code .png}
     * of charts; {@code .csv} with unrounded numbers and {@code .md} of tables.
     *
     * @param view a table, a chart, a result, a verdict and so on
     * @throws tunebook.core.TunebookException if the view has no such form, or the file cannot be
     *     written; what was there stays
     */
    public static void save(Object view, Path file) {
        SavedView.write(view, file);
    }
}
