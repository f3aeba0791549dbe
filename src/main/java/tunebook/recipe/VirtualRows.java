package tunebook.recipe;

import tunebook.core.AdaptedOps;
import tunebook.core.Embedding;
import tunebook.core.Input;
import tunebook.core.Ops;
import tunebook.core.TunebookException;
import tunebook.model.Outline;

/** Puts learned rows before the embedded text, at positions 0, 1, 2 … */
abstract class VirtualRows<T> extends AdaptedOps<T> {
    private final String words;

    VirtualRows(Ops<T> inner, Outline base) {
        super(inner);
        this.words = base.model().text("virtual rows").words();
    }

    /** The rows, [p, width]. */
    abstract T rows(Embedding words);

    @Override
    public T embedding(Embedding site, Input ids) {
        T text = inner.embedding(site, ids);
        return site.name().equals(words) ? inner.prepend(rows(site), text) : text;
    }

    /** Refuses no rows, and more than leave a text its three positions. */
    static void check(String where, int tokens, Outline base) {
        int positions = base.model().text(where).positions();
        if (tokens > positions - 3) {
            throw new TunebookException(
                    where,
                    base.name() + " has " + positions + " positions and a text takes at least 3",
                    "give at most " + (positions - 3));
        }
    }

    static void check(String where, int tokens) {
        if (tokens < 1)
            throw new TunebookException(where, "has no virtual token", "give 1 or more");
    }
}
