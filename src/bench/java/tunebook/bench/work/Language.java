package tunebook.bench.work;

import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.model.Gpt2;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;

/** Decoders of GPT-2's form with drawn weights that tell next tokens; no dropout. */
public final class Language {
    /** Rows of the word table. */
    public static final int VOCABULARY = 50257;

    private Language() {}

    /** A decoder of 1,024 positions. */
    public static Backbone gpt2(int blocks, int width, int heads) {
        if (width % heads != 0)
            throw new TunebookException(
                    "gpt2", width + " columns for " + heads + " heads", "give a multiple");
        Gpt2 model =
                new Gpt2(blocks, width, heads, VOCABULARY, 1024, 1e-5, 0, Gpt2.Layout.CONV1D_TIED);
        return Backbone.untrained("GPT-2 " + blocks + " x " + width, model, Encoders.SEED);
    }

    /** A recipe over it. */
    public static Tuning tuning(Recipe recipe, Backbone backbone) {
        return Tuning.of(recipe, backbone, backbone.model().languageHead(), Encoders.SEED);
    }
}
