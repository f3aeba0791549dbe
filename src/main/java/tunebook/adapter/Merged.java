package tunebook.adapter;

import java.util.ArrayList;
import java.util.List;
import tunebook.core.Engine;
import tunebook.core.Precision;
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
     * @param accuracy of adapter and backbone apart, 0 … 1; NaN where answers are no single classes
     * @param mergedAccuracy of the merged backbone, 0 … 1; NaN likewise
     */
    public record Check(double largestLogitGap, double accuracy, double mergedAccuracy) {
        /** Merged minus unmerged. */
        public double accuracyGap() {
            return mergedAccuracy - accuracy;
        }
    }

    /**
     * Merges.
     *
     * @throws tunebook.core.TunebookException if the method's change fits no weights
     */
    public static Merged of(Engine engine, Adapter adapter, Backbone base) {
        return new Merged(Merge.of(engine, adapter.on(base)), adapter, base);
    }

    /** The backbone without the adapter. */
    public Backbone unmerge() {
        return base;
    }

    /** The head alone, as an adapter of the merged backbone. */
    public Adapter head() {
        FeatureExtraction alone = new FeatureExtraction();
        Tuning tuning =
                Tuning.of(
                        alone,
                        backbone,
                        adapter.head().of(backbone.model(), adapter.labels().size()),
                        0);
        return new Adapter(
                adapter.name() + ", merged",
                alone,
                adapter.head(),
                adapter.labels(),
                adapter.scale(),
                Weights.none(),
                tuning.learning());
    }

    /** Compares merged and unmerged on examples with right answers. */
    public Check check(Engine engine, Batches examples) {
        Answers apart = answers(engine, base, adapter, examples);
        Answers merged = answers(engine, backbone, head(), examples);
        double gap = 0;
        for (int b = 0; b < apart.logits.size(); b++)
            for (int i = 0; i < apart.logits.get(b).length; i++)
                gap = Math.max(gap, Math.abs(apart.logits.get(b)[i] - merged.logits.get(b)[i]));
        return new Check(gap, apart.accuracy(), merged.accuracy());
    }

    /** Logits batch by batch, and how many classes were right. */
    private static final class Answers {
        private final List<float[]> logits = new ArrayList<>();
        private int right;
        private int asked;

        double accuracy() {
            return asked == 0 ? Double.NaN : (double) right / asked;
        }
    }

    private static Answers answers(
            Engine engine, Backbone backbone, Adapter adapter, Batches examples) {
        Answers answers = new Answers();
        HeadKind kind = adapter.head();
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT)) {
            new Reader(engine, held, backbone, adapter, kind, Integer.MAX_VALUE)
                    .over(
                            examples,
                            (which, batch, rows) -> {
                                answers.logits.add(rows.floats());
                                if (kind != HeadKind.CLASSIFIER) return;
                                answers.asked += which.length;
                                for (int i = 0; i < which.length; i++)
                                    if (Softmax.most(Softmax.row(rows, i))
                                            == examples.labels(which[i])[0]) answers.right++;
                            });
        }
        return answers;
    }
}
