package tunebook.notebook;

/** What a cell can call without a prefix, in any kernel. */
public final class Notebook {
    private Notebook() {}

    /** Shows a value under the cell, in its best form. */
    public static void display(Object value) {
        Host.current().display(value);
    }

    /** A place under the cell whose content can be replaced. */
    public static Display liveDisplay() {
        return Host.current().live();
    }

    /** Removes what the cell has shown so far, as soon as something new is shown. */
    public static void clearOutput() {
        Host.current().clearOutput();
    }
}
