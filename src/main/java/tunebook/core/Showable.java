package tunebook.core;

/** Something a notebook shows as HTML, and a terminal or a saved notebook as text. */
public interface Showable {
    /** A fragment of HTML, complete in itself: escaped, no script, nothing fetched. */
    String html();

    /** The same in plain text. */
    String text();
}
