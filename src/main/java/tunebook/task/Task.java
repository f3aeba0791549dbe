package tunebook.task;

import java.util.List;
import tunebook.core.Scale;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.EntityExample;
import tunebook.data.ImageExample;
import tunebook.data.LabelSetExample;
import tunebook.data.NumberExample;
import tunebook.data.ProseExample;
import tunebook.data.QuestionExample;
import tunebook.data.TextExample;
import tunebook.model.Backbone;
import tunebook.model.Head;
import tunebook.model.HeadKind;
import tunebook.stats.Metric;

/** What a data set asks of a model. */
public interface Task {
    /** What answers. */
    HeadKind head();

    /** The classes in the order of the logits; empty where answers are no classes. */
    List<String> labels();

    /** The classes that answers and truths are named by, for confusion tables; none otherwise. */
    default List<String> classes() {
        return List.of();
    }

    /** What answers are judged by; recipes are compared by the first. */
    List<Metric> metrics();

    /** Of the numbers that are answers; {@link Scale#NONE} where answers are none. */
    default Scale scale() {
        return Scale.NONE;
    }

    /** What to learn from, for a backbone, with at most so many tokens an example. */
    Part train(Backbone backbone, int limit);

    /** What to choose by. */
    Part validation(Backbone backbone, int limit);

    /** What to compare by. */
    Part test(Backbone backbone, int limit);

    /**
     * The head over a backbone.
     *
     * @throws TunebookException if the backbone has none of its kind
     */
    default Head over(Backbone backbone) {
        return head().of(backbone.model(), labels().size());
    }

    /** The task of a data set. */
    @SuppressWarnings("unchecked") // a data set's kind says what its examples are
    static Task of(Dataset<?> data) {
        return switch (data.kind()) {
            case CLASSES -> new Classification((Dataset<TextExample>) data);
            case LABEL_SETS -> new LabelSets((Dataset<LabelSetExample>) data);
            case PROSE -> new Language((Dataset<ProseExample>) data);
            case NUMBERS -> new Regression((Dataset<NumberExample>) data);
            case ENTITIES -> new Entities((Dataset<EntityExample>) data);
            case PICTURES -> new ImageClassification((Dataset<ImageExample>) data);
            case ANSWERS -> new Answers((Dataset<QuestionExample>) data);
        };
    }
}
