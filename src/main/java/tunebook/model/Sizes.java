package tunebook.model;

import tunebook.core.TunebookException;

/** What the sizes of every transformer have to keep. */
final class Sizes {
    private Sizes() {}

    /**
     * Refuses sizes below one, and heads that do not divide the width.
     *
     * @throws TunebookException naming all four
     */
    static void check(String where, int blocks, int width, int heads, int positions) {
        if (blocks < 1 || width < 1 || heads < 1 || width % heads != 0 || positions < 1) {
            throw new TunebookException(
                    where,
                    blocks
                            + " layers, width "
                            + width
                            + ", "
                            + heads
                            + " heads, "
                            + positions
                            + " positions",
                    "give at least one of each, and a number of heads that divides the width");
        }
    }
}
