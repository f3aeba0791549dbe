package tunebook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.Sequences;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;
import tunebook.data.Window.Target;

/**
 * Questions with their passages as token ids. A passage that does not fit into the limit beside its
 * question is seen through several windows, each of which begins with the question; a third of the
 * limit is seen twice. Of a question's windows the one with most of its answer is asked for it, and
 * of several that hold it whole the one with most around it.
 *
 * @see <a href="https://arxiv.org/abs/1810.04805">Devlin et al. 2019, §4.2</a>
 */
public final class Windows {
    private final List<QuestionExample> questions;
    private final List<Window> all;
    private final Truncation truncation;

    private Windows(List<QuestionExample> questions, List<Window> all, Truncation truncation) {
        this.questions = questions;
        this.all = all;
        this.truncation = truncation;
    }

    /**
     * Every window of every question, one after another. Of a question that takes more than half of
     * the limit the rest is cut off and counted.
     *
     * @param limit most tokens of a window, special ones included
     * @throws TunebookException if the limit leaves no room, or a question or a passage has no
     *     tokens
     */
    public static Windows of(List<QuestionExample> questions, Tokenizer tokenizer, int limit) {
        List<Window> all = new ArrayList<>();
        Truncation truncation = Truncation.NONE;
        for (int q = 0; q < questions.size(); q++) {
            QuestionTokens tokens = QuestionTokens.of(questions.get(q), tokenizer, limit);
            truncation = truncation.and(tokens.lost());
            all.addAll(windows(q, tokens, questions.get(q)));
        }
        return new Windows(List.copyOf(questions), List.copyOf(all), truncation);
    }

    private static List<Window> windows(int number, QuestionTokens tokens, QuestionExample asked) {
        List<Integer> starts = starts(tokens.passage(), tokens.room(), tokens.overlap());
        int[] answer = asked.answers().isEmpty() ? new int[0] : tokens.of(asked.answers().get(0));
        int chosen = answer.length == 0 ? -1 : best(starts, tokens, answer);
        return IntStream.range(0, starts.size())
                .mapToObj(
                        i -> {
                            int[] here = i == chosen ? answer : new int[0];
                            return tokens.window(number, starts.get(i), here);
                        })
                .toList();
    }

    /** Where windows of so much room begin; the last one ends with the passage. */
    static List<Integer> starts(int tokens, int room, int overlap) {
        List<Integer> starts = new ArrayList<>();
        int from = 0;
        starts.add(from);
        while (from + room < tokens) {
            from += room - overlap;
            starts.add(from);
        }
        return starts;
    }

    private static int best(List<Integer> starts, QuestionTokens tokens, int... answer) {
        int best = -1;
        int most = 0;
        int widest = -1;
        for (int i = 0; i < starts.size(); i++) {
            int from = starts.get(i);
            int last = Math.min(tokens.passage(), from + tokens.room()) - 1;
            int begins = Math.max(from, answer[0]);
            int ends = Math.min(last, answer[1]);
            int held = ends - begins + 1;
            int around = Math.min(begins - from, last - ends);
            if (held > most || (held == most && held > 0 && around > widest)) {
                best = i;
                most = held;
                widest = around;
            }
        }
        return best;
    }

    /**
     * One window for each question, the one that is asked for the answer.
     *
     * @throws TunebookException if a question has no answer, or one without tokens
     */
    public Windows asked() {
        List<Window> asked = all.stream().filter(w -> w.target() != null).toList();
        boolean[] there = new boolean[questions.size()];
        asked.forEach(window -> there[window.question()] = true);
        for (int q = 0; q < there.length; q++) {
            if (there[q]) continue;
            throw new TunebookException(
                    "question " + questions.get(q).id(),
                    "its answer has no tokens: its characters are none the tokenizer knows",
                    "remove the question");
        }
        return new Windows(questions, asked, truncation);
    }

    /** The questions. */
    public List<QuestionExample> questions() {
        return questions;
    }

    /** Window {@code i}. */
    public Window get(int i) {
        return all.get(i);
    }

    /** How many windows. */
    public int size() {
        return all.size();
    }

    /** The windows as batches, an example a window; right answers where every window has one. */
    public Batches batches() {
        return Batches.of(all, Windows::together, truncation);
    }

    private static Batch together(List<Window> some) {
        Sequences lengths = new Sequences(some.stream().mapToInt(Window::length).toArray());
        Batch batch =
                Batch.text(
                        lengths,
                        some.stream().flatMapToInt(w -> Arrays.stream(w.ids())).toArray(),
                        some.stream().flatMapToInt(w -> Arrays.stream(w.segments())).toArray());
        List<Target> targets = new ArrayList<>();
        for (Window window : some) {
            if (window.target() == null) return batch;
            targets.add(window.target());
        }
        return batch.answers(
                targets.stream().mapToInt(Target::begins).toArray(),
                targets.stream().mapToInt(Target::ends).toArray());
    }
}
