package tunebook.train;

import tunebook.core.Engine;
import tunebook.data.ProseWindows;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.task.Softmax;

/** A decoder, with an adapter over it, that an engine holds: how probable texts are to it. */
public final class LanguageModel {
    private static final int BATCH = 8;

    private final Reader reader;

    /**
     * @param held the backbone's weights on the engine
     * @param adapter over it, or {@link Adapter#none} of it
     * @param limit most tokens of a window
     * @throws tunebook.core.TunebookException if the adapter does not fit the backbone, or predicts
     *     no tokens
     */
    public LanguageModel(
            Engine engine, Engine.Held held, Backbone backbone, Adapter adapter, int limit) {
        this.reader = new Reader(engine, held, backbone, adapter, HeadKind.LANGUAGE, limit);
    }

    /**
     * Mean of −log probability of each token but the first, in nats; texts longer than the limit
     * are read in windows.
     *
     * @throws tunebook.core.TunebookException if the text has fewer than two tokens
     */
    public double loss(String text) {
        ProseWindows windows = ProseWindows.of(text, reader.tokenizer(), reader.limit());
        double[] sum = new double[2];
        reader.over(
                windows.batches(),
                BATCH,
                (which, batch, logits) -> {
                    float[] all = logits.floats();
                    int vocabulary = logits.shape().size(1);
                    int row = 0;
                    for (int window : which) {
                        for (int right : windows.windows().get(window).labels())
                            sum[0] += Softmax.loss(all, row++ * vocabulary, vocabulary, right);
                    }
                    sum[1] += row;
                });
        return sum[0] / sum[1];
    }

    /** e to the power of {@link #loss}: among how many equally probable tokens it has to guess. */
    public double perplexity(String text) {
        return Math.exp(loss(text));
    }
}
