package tunebook.adapter;

import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Weights;
import tunebook.data.TextBatches;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Tuning;
import tunebook.train.Classifier;
import tunebook.train.Evaluation;

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
                Tuning.of(alone, backbone, backbone.model().classifier(adapter.labels().size()), 0);
        return new Adapter(
                adapter.name() + ", merged",
                alone,
                adapter.labels(),
                Weights.none(),
                tuning.learning());
    }

    /** Compares merged and unmerged on examples with labels. */
    public Check check(Engine engine, TextBatches examples) {
        Evaluation apart = evaluate(engine, base, adapter, examples);
        Evaluation merged = evaluate(engine, backbone, head(), examples);
        double gap = 0;
        for (int i = 0; i < examples.size(); i++)
            for (int c = 0; c < apart.logits()[i].length; c++)
                gap = Math.max(gap, Math.abs(apart.logits()[i][c] - merged.logits()[i][c]));
        return new Check(gap, apart.accuracy(), merged.accuracy());
    }

    private static Evaluation evaluate(
            Engine engine, Backbone backbone, Adapter adapter, TextBatches examples) {
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT)) {
            int limit = backbone.model().positions();
            return new Classifier(engine, held, backbone, adapter, limit).evaluate(examples);
        }
    }
}
