package tunebook.train;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import tunebook.data.Picture;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.task.Pixels;

/**
 * What a {@link Predictor} is asked and what it answers.
 *
 * @param <Q> a question
 * @param <A> the answer to one
 */
public final class Served<Q, A> {
    /** Classes of texts. */
    public static final Served<String, Prediction> CLASSES =
            new Served<>(HeadKind.CLASSIFIER, false, (r, a) -> new Classifier(r, a)::predict);

    /** Classes of pictures of any size. */
    public static final Served<Picture, Prediction> PICTURES =
            new Served<>(HeadKind.CLASSIFIER, true, (r, a) -> new Classifier(r, a)::classify);

    /** Sets of labels of texts. */
    public static final Served<String, LabelSet> LABELS =
            new Served<>(HeadKind.MULTI_LABEL, false, (r, a) -> new Labeller(r, a)::labels);

    /** Numbers of texts, in the unit that was learned from. */
    public static final Served<String, Double> VALUES =
            new Served<>(
                    HeadKind.REGRESSION,
                    false,
                    (r, a) -> q -> Arrays.stream(new Estimator(r, a).values(q)).boxed().toList());

    /** Entities of texts, however long. */
    public static final Served<String, Tagged> ENTITIES =
            new Served<>(HeadKind.TOKENS, false, (r, a) -> new Tagger(r, a)::entities);

    /** Answers to questions, each on a passage of its own. */
    public static final Served<PassageQuestion, Answer> ANSWERS =
            new Served<>(HeadKind.SPANS, false, (r, a) -> new Answerer(r)::answer);

    private final HeadKind head;
    private final boolean pictures;
    private final BiFunction<Reader, Adapter, Function<List<Q>, List<A>>> maker;

    private Served(
            HeadKind head,
            boolean pictures,
            BiFunction<Reader, Adapter, Function<List<Q>, List<A>>> maker) {
        this.head = head;
        this.pictures = pictures;
        this.maker = maker;
    }

    /** The head that answers. */
    HeadKind head() {
        return head;
    }

    /**
     * Whether a backbone reads what is asked.
     *
     * @throws tunebook.core.TunebookException if it does not
     */
    void check(Backbone backbone, String who) {
        if (pictures) Pixels.of(backbone.model(), who);
        else backbone.model().text(who);
    }

    /** Answers questions, in their order. */
    Function<List<Q>, List<A>> over(Reader reader, Adapter adapter) {
        return maker.apply(reader, adapter);
    }
}
