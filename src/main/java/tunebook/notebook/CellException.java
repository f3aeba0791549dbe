package tunebook.notebook;

import java.util.List;

/** A cell that failed: what a notebook shows of it. */
public final class CellException extends Exception {
    private static final long serialVersionUID = 1;

    private final String name;
    private final transient List<String> lines;

    CellException(String name, String message, List<String> lines, Throwable cause) {
        super(message, cause);
        this.name = name;
        this.lines = List.copyOf(lines);
    }

    /** The simple name of the cell's own exception, {@code CompileError} or {@code Interrupted}. */
    public String name() {
        return name;
    }

    /** What to show, one line each; the first says most. */
    public List<String> lines() {
        return lines;
    }
}
