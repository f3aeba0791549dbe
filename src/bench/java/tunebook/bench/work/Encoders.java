package tunebook.bench.work;

import tunebook.data.Batches;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;

/** Encoders of BERT's form with drawn weights, the same on both sides; no dropout. */
public final class Encoders {
    /** Rows of the word table. */
    public static final int VOCABULARY = 8000;

    /** Rows of BERT-base's. */
    public static final int BASE_VOCABULARY = 30522;

    /** Of weights and texts. */
    public static final long SEED = 1;

    private Encoders() {}

    /** An encoder that a classifier reads by its first row through BERT's pooler. */
    public static Backbone bert(int blocks, int width, int heads) {
        return bert(blocks, width, heads, VOCABULARY, 128);
    }

    /** The same with the vocabulary of BERT-base and 512 positions. */
    public static Backbone base(int blocks, int width, int heads) {
        return bert(blocks, width, heads, BASE_VOCABULARY, 512);
    }

    private static Backbone bert(int blocks, int width, int heads, int vocabulary, int positions) {
        Bert model =
                new Bert(
                        blocks,
                        width,
                        heads,
                        4 * width,
                        vocabulary,
                        positions,
                        2,
                        1e-12,
                        0,
                        Bert.Pooling.CLS);
        return Backbone.untrained("BERT " + blocks + " x " + width, model, SEED);
    }

    /** Texts that are equally long, as the trainer takes them. */
    public static Batches texts(int count, int tokens, long seed) {
        return Texts.drawn(1, count, tokens, VOCABULARY, seed).get(0).batches();
    }

    /** A recipe over it with two classes. */
    public static Tuning tuning(Recipe recipe, Backbone backbone) {
        return Tuning.of(recipe, backbone, backbone.model().classifier(2), SEED);
    }
}
