package tunebook.bench.work;

import java.util.Random;
import tunebook.model.Backbone;
import tunebook.model.Gpt2;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.recipe.Tuning;

/** A decoder of GPT-2's form with drawn weights, and what it continues. */
public final class Decoders {
    /** Tokens of the prompt. */
    public static final int PROMPT = 16;

    /** Tokens that follow. */
    public static final int TOKENS = 100;

    private Decoders() {}

    /** 4 blocks of width 256, tied words. */
    public static Backbone gpt2() {
        Gpt2 model = new Gpt2(4, 256, 4, 8000, 128, 1e-5, 0, Gpt2.Layout.CONV1D_TIED);
        Backbone blocks = Backbone.untrained("GPT-2 4 x 256", model, 1);
        // the last norm belongs to the head: drawn as a tuning draws it, then part of the backbone
        Tuning tuning = Adapter.none(blocks, HeadKind.LANGUAGE).on(blocks);
        return new Backbone(blocks.name(), model, blocks.weights().with(tuning.learning()), null);
    }

    /** Token ids. */
    public static int[] prompt() {
        return new Random(1).ints(PROMPT, 0, 8000).toArray();
    }

    /** Speed in tokens a second; the tokens stand for losses, and have to be equal. */
    public static Report report(double seconds, int[] tokens) {
        double[] same = new double[tokens.length];
        for (int i = 0; i < same.length; i++) same[i] = tokens[i];
        return new Report(TOKENS / seconds, same);
    }
}
