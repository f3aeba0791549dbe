package tunebook.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import tunebook.core.TunebookException;

/**
 * How a CoNLL file is written; columns are counted from 1.
 *
 * @param word column with the words
 * @param tag column with the tags; 0 for the last one
 */
record ConllFormat(int word, int tag, Charset charset) {
    static final ConllFormat USUAL = new ConllFormat(1, 0, StandardCharsets.UTF_8);

    ConllFormat word(int column) {
        return new ConllFormat(checked("word", column), tag, charset);
    }

    ConllFormat tag(int column) {
        return new ConllFormat(word, checked("tag", column), charset);
    }

    ConllFormat charset(Charset other) {
        return new ConllFormat(word, tag, other);
    }

    private static int checked(String what, int column) {
        if (column >= 1) return column;
        throw new TunebookException(
                what + "(" + column + ")",
                "columns are counted from 1",
                "give the column's place in a line");
    }

    /** The tags' column where there are so many. */
    int tagOf(int columns) {
        return tag == 0 ? columns : tag;
    }
}
