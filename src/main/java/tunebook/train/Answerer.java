package tunebook.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tunebook.core.Engine;
import tunebook.data.QuestionExample;
import tunebook.data.Window.Stretch;
import tunebook.data.Windows;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.task.Spans;

/** An adapter over a backbone that an engine holds, ready to find answers in passages. */
public final class Answerer {
    private final Reader reader;

    /**
     * @param held the backbone's weights on the engine
     * @param limit most tokens at once; a longer passage is read through several windows
     * @throws tunebook.core.TunebookException if the adapter does not fit the backbone, or does not
     *     find answers
     */
    public Answerer(
            Engine engine, Engine.Held held, Backbone backbone, Adapter adapter, int limit) {
        this(new Reader(engine, held, backbone, adapter, HeadKind.SPANS, limit));
    }

    Answerer(Reader reader) {
        this.reader = reader;
    }

    /**
     * Answers questions, each on a passage of its own, in their order.
     *
     * @throws tunebook.core.TunebookException if a question or a passage has no tokens
     */
    public List<Answer> answer(List<PassageQuestion> questions) {
        List<QuestionExample> examples = questions.stream().map(PassageQuestion::example).toList();
        Windows windows = Windows.of(examples, reader.tokenizer(), reader.limit());
        List<List<Spans>> found = new ArrayList<>();
        questions.forEach(question -> found.add(new ArrayList<>()));
        reader.over(
                windows.batches(),
                (which, batch, logits) ->
                        IntStream.range(0, which.length)
                                .mapToObj(i -> Spans.of(windows.get(which[i]), i, batch, logits))
                                .forEach(s -> found.get(s.window().question()).add(s)));
        return IntStream.range(0, questions.size())
                .mapToObj(i -> best(found.get(i), questions.get(i).passage()))
                .toList();
    }

    /** The best span over all windows; where several see it, their shares add up. */
    private static Answer best(List<Spans> windows, String passage) {
        Spans best = windows.get(0);
        Spans.Span span = best.best();
        for (Spans other : windows) {
            if (!(other.best().score() > span.score())) continue;
            best = other;
            span = other.best();
        }
        Stretch stretch = best.window().stretch();
        int first = stretch.token() + span.first();
        int last = stretch.token() + span.last();
        double own = 0;
        double all = 0;
        for (Spans spans : windows) {
            own += spans.share(first, last, span.score());
            all += spans.sum(span.score());
        }
        int from = stretch.from()[span.first()];
        int end = stretch.end()[span.last()];
        return new Answer(passage.substring(from, end), from, end, own / all, passage);
    }
}
