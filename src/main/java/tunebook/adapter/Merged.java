package tunebook.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Input;
import tunebook.core.Precision;
import tunebook.core.Scale;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.data.Batches;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Tuning;
import tunebook.task.Softmax;
import tunebook.train.Reader;

/**
 * A backbone with an adapter folded into its weights. Weights never change, so taking the adapter
 * out again is exact to the bit: the base is still there. An adapted word table that a language
 * head shares is changed for that head too.
 *
 * @param backbone with the adapter in its weights, the head's among them
 * @param adapter that was folded in
 * @param base as it was before
 */
public record Merged(Backbone backbone, Adapter adapter, Backbone base) {
    /**
     * How far merged and unmerged are apart on some examples.
     *
     * @param largestLogitGap greatest absolute difference of two logits
     * @param accuracy of adapter and backbone apart, 0 … 1: the share of right classes, of texts or
     *     of words; NaN where answers are no classes
     * @param mergedAccuracy of the merged backbone, 0 … 1
     */
    public record Check(double largestLogitGap, double accuracy, double mergedAccuracy) {
        /** Merged minus unmerged. */
        public double accuracyGap() {
            return mergedAccuracy - accuracy;
        }

        @Override
        public String toString() {
            String gap =
                    String.format(Locale.ROOT, "logits differ by at most %.2g", largestLogitGap);
            return Double.isNaN(accuracy)
                    ? gap
                    : gap
                            + String.format(
                                    Locale.ROOT,
                                    ", accuracy %.4f merged and %.4f apart",
                                    mergedAccuracy,
                                    accuracy);
        }
    }

    /**
     * Merges.
     *
     * @throws TunebookException if the method's change fits no weights
     */
    public static Merged of(Engine engine, Adapter adapter, Backbone base) {
        return new Merged(Merge.of(engine, adapter.on(base)), adapter, base);
    }

    @Override
    public String toString() {
        return adapter.name() + " in the weights of " + base.name();
    }

    /** The backbone without the adapter. */
    public Backbone unmerge() {
        return base;
    }

    /** The head alone, as an adapter of the merged backbone. */
    public Adapter head() {
        return head(
                adapter.name() + ", merged",
                backbone,
                adapter.head(),
                adapter.labels(),
                adapter.scale());
    }

    /**
     * A head whose weights are all among a backbone's.
     *
     * @throws TunebookException naming the weight that is missing or has another shape
     */
    public static Adapter head(
            String name, Backbone backbone, HeadKind kind, List<String> labels, Scale scale) {
        FeatureExtraction alone = new FeatureExtraction();
        Tuning tuning = Tuning.of(alone, backbone, kind.of(backbone.model(), labels.size()), 0);
        for (Weight weight : tuning.plan().learning()) {
            boolean there = backbone.weights().has(weight.name());
            if (there && backbone.weights().get(weight.name()).shape().equals(weight.shape()))
                continue;
            throw new TunebookException(
                    backbone.name(),
                    there
                            ? weight.name()
                                    + " is "
                                    + backbone.weights().get(weight.name()).shape()
                                    + " where its head has "
                                    + weight.shape()
                            : "has no " + weight.name() + " " + weight.shape() + " of its head",
                    "take the weights and the configuration of one model");
        }
        return new Adapter(name, alone, kind, labels, scale, Weights.none(), tuning.learning());
    }

    /** Compares merged and unmerged on examples with right answers. */
    public Check check(Engine engine, Batches examples) {
        List<Answers> apart = answers(engine, base, adapter, examples);
        List<Answers> merged = answers(engine, backbone, head(), examples);
        double gap = 0;
        for (int b = 0; b < apart.size(); b++) {
            float[] one = apart.get(b).logits();
            float[] other = merged.get(b).logits();
            for (int i = 0; i < one.length; i++)
                gap = Math.max(gap, Math.abs((double) one[i] - other[i]));
        }
        return new Check(gap, accuracy(apart), accuracy(merged));
    }

    /** A batch's logits; how many rows there are classes for, and how many of them are right. */
    private record Answers(float[] logits, int asked, int right) {
        static Answers of(HeadKind head, Batch batch, Tensor logits) {
            boolean classes = head == HeadKind.CLASSIFIER || head == HeadKind.TOKENS;
            int[] labels = classes ? batch.indices(Input.LABELS) : new int[0];
            int right = 0;
            for (int row = 0; row < labels.length; row++)
                if (Softmax.most(Softmax.row(logits, row)) == labels[row]) right++;
            return new Answers(logits.floats(), labels.length, right);
        }
    }

    private static double accuracy(List<Answers> answers) {
        double right = answers.stream().mapToInt(Answers::right).sum();
        return right / answers.stream().mapToInt(Answers::asked).sum();
    }

    private static List<Answers> answers(
            Engine engine, Backbone backbone, Adapter adapter, Batches examples) {
        List<Answers> answers = new ArrayList<>();
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT)) {
            new Reader(engine, held, backbone, adapter, adapter.head(), Integer.MAX_VALUE)
                    .over(
                            examples,
                            (which, batch, logits) ->
                                    answers.add(Answers.of(adapter.head(), batch, logits)));
        }
        return answers;
    }
}
