package tunebook.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import tunebook.core.Tokenizer;
import tunebook.core.Tokenizer.Located;
import tunebook.core.TunebookException;
import tunebook.data.QuestionExample.Accepted;
import tunebook.data.Window.Stretch;
import tunebook.data.Window.Target;

/**
 * The tokens of a question and of its whole passage, from which windows are cut.
 *
 * @param all both with special tokens
 * @param before places among all of what stands before the passage in every window
 * @param first place of the passage's first token
 * @param stop place after its last one
 * @param limit most tokens of a window
 * @param lost how many tokens of the question were cut off
 */
record QuestionTokens(Located all, int[] before, int first, int stop, int limit, int lost) {

    static QuestionTokens of(QuestionExample example, Tokenizer tokenizer, int limit) {
        Located all = tokenizer.locate(example.question(), example.passage());
        int[] sides = all.sides();
        int asked = (int) Arrays.stream(sides).filter(side -> side == 0).count();
        int seen = (int) Arrays.stream(sides).filter(side -> side == 1).count();
        if (asked == 0 || seen == 0) {
            throw new TunebookException(
                    "question " + example.id(),
                    (asked == 0 ? "the question" : "its passage") + " has no tokens",
                    "give it words that the tokenizer knows, or remove the question");
        }
        int special = sides.length - asked - seen;
        if (limit < special + 2) {
            throw new TunebookException(
                    "limit " + limit,
                    "leaves no room for question and passage beside " + special + " special tokens",
                    "give a larger limit");
        }
        int first = 0;
        while (sides[first] != 1) first++;
        int kept = Math.min(asked, Math.min(limit / 2, limit - special - 1));
        int left = kept;
        int[] before = new int[first - asked + kept];
        for (int i = 0, n = 0; i < first; i++) if (sides[i] != 0 || left-- > 0) before[n++] = i;
        return new QuestionTokens(all, before, first, first + seen, limit, asked - kept);
    }

    /** Tokens of the passage. */
    int passage() {
        return stop - first;
    }

    /** How many of them fit into a window. */
    int room() {
        return limit - before.length - (all.ids().length - stop);
    }

    /** How many of them two neighbours share. */
    int overlap() {
        return Math.min(limit / 3, room() / 2);
    }

    /** The passage's tokens that an answer begins and ends with; none where it has no tokens. */
    int[] of(Accepted answer) {
        int[] touched =
                IntStream.range(first, stop)
                        .filter(i -> all.from()[i] < answer.end() && all.end()[i] > answer.from())
                        .map(i -> i - first)
                        .toArray();
        return touched.length == 0 ? touched : new int[] {touched[0], touched[touched.length - 1]};
    }

    /**
     * A window.
     *
     * @param from the passage's token that it begins with
     * @param answer first and last token of what it is asked for; none where it is asked nothing
     */
    Window window(int question, int from, int... answer) {
        int count = Math.min(room(), passage() - from);
        int[] which =
                IntStream.concat(
                                Arrays.stream(before),
                                IntStream.concat(
                                        IntStream.range(first + from, first + from + count),
                                        IntStream.range(stop, all.ids().length)))
                        .toArray();
        int begin = first + from;
        Stretch stretch =
                new Stretch(
                        before.length,
                        from,
                        Arrays.copyOfRange(all.from(), begin, begin + count),
                        Arrays.copyOfRange(all.end(), begin, begin + count));
        Target target =
                answer.length == 0
                        ? null
                        : new Target(
                                before.length + Math.max(0, answer[0] - from),
                                before.length + Math.min(count - 1, answer[1] - from));
        return new Window(
                question, picked(all.ids(), which), picked(all.segments(), which), stretch, target);
    }

    private static int[] picked(int[] values, int... which) {
        return Arrays.stream(which).map(i -> values[i]).toArray();
    }
}
