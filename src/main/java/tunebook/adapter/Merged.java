package tunebook.adapter;

import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Weights;
import tunebook.data.Batches;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Tuning;
import tunebook.task.Softmax;
import tunebook.train.Classifier;

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
     * @param accuracy of adapter and backbone apart, 0 … 1
     * @param mergedAccuracy of the merged backbone, 0 … 1
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
                Weights.none(),
                tuning.learning());
    }

    /** Compares merged and unmerged on examples with labels. */
    public Check check(Engine engine, Batches examples) {
        double[][] apart = logits(engine, base, adapter, examples);
        double[][] merged = logits(engine, backbone, head(), examples);
        double gap = 0;
        for (int i = 0; i < apart.length; i++)
            for (int c = 0; c < apart[i].length; c++)
                gap = Math.max(gap, Math.abs(apart[i][c] - merged[i][c]));
        return new Check(gap, accuracy(apart, examples), accuracy(merged, examples));
    }

    private static double accuracy(double[][] logits, Batches examples) {
        int right = 0;
        for (int i = 0; i < logits.length; i++)
            if (Softmax.most(logits[i]) == examples.labels(i)[0]) right++;
        return (double) right / logits.length;
    }

    private static double[][] logits(
            Engine engine, Backbone backbone, Adapter adapter, Batches examples) {
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT)) {
            return new Classifier(engine, held, backbone, adapter, Integer.MAX_VALUE)
                    .logits(examples);
        }
    }
}
