package tunebook.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Ops;
import tunebook.core.Precision;
import tunebook.core.Program;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.model.Model;
import tunebook.recipe.Adapter;
import tunebook.recipe.Method;
import tunebook.recipe.Tuning;

/**
 * Continues a text token by token, with an adapter or without. Keys and values of what stands
 * already are kept, so a token costs one row; learned rows, keys and values stand before the text
 * and are kept with it.
 */
public final class Generator implements AutoCloseable {
    private final Engine engine;
    private final Engine.Held held;
    private final Tuning tuning;
    private final String name;

    /**
     * Continues with a decoder as it is.
     *
     * @throws TunebookException if the backbone is no decoder
     */
    public Generator(Engine engine, Backbone backbone) {
        this(engine, backbone, Adapter.none(backbone, HeadKind.LANGUAGE));
    }

    /**
     * Continues with a decoder and an adapter over it.
     *
     * @throws TunebookException if the adapter does not fit the backbone, or predicts no tokens
     */
    public Generator(Engine engine, Backbone backbone, Adapter adapter) {
        if (adapter.head() != HeadKind.LANGUAGE) {
            throw new TunebookException(
                    "adapter " + adapter.name(),
                    "its head is "
                            + adapter.head()
                            + " where "
                            + HeadKind.LANGUAGE
                            + " is asked for",
                    "tune a decoder on prose(file)");
        }
        this.engine = engine;
        this.tuning = adapter.on(backbone);
        this.name = adapter.name();
        this.held =
                engine.hold(
                        backbone.weights().with(tuning.constants()).with(tuning.learning()),
                        Precision.FLOAT);
    }

    /** The adapter's name, or the backbone's where there is none. */
    public String name() {
        return name;
    }

    /** Continues a text by so many tokens; the text itself is in front. */
    public String text(String prompt, int tokens, Sampling sampling) {
        Tokenizer tokenizer = tuning.backbone().tokenizer();
        int[] ids = tokenizer.plain(prompt);
        String whole = tokenizer.decode(tokens(ids, tokens, sampling));
        String begin = tokenizer.decode(ids);
        return whole.startsWith(begin) ? prompt + whole.substring(begin.length()) : whole;
    }

    /**
     * Continues ids by so many tokens. Where the positions end, the older half of what stands is
     * forgotten and the rest computed again from the first position.
     *
     * @throws TunebookException if the prompt is empty
     */
    public int[] tokens(int[] prompt, int tokens, Sampling sampling) {
        return tokens(prompt, tokens, sampling, true);
    }

    /**
     * @param cached whether keys and values are kept; else all is computed again for each token
     */
    int[] tokens(int[] prompt, int tokens, Sampling sampling, boolean cached) {
        if (prompt.length == 0) {
            throw new TunebookException(
                    "prompt", "has no tokens", "give at least one word to go on from");
        }
        SplittableRandom random = new SplittableRandom(sampling.seed());
        int[] all = Arrays.copyOf(prompt, prompt.length + tokens);
        int room = room();
        int from = Math.max(0, prompt.length - room);
        try (Session session = engine.open(held, Weights.none(), 0)) {
            for (int n = prompt.length, past = from; n < all.length; past = n++) {
                boolean full = n - from > room;
                if (full) from = n - (room + 1) / 2;
                if (full || !cached) {
                    past = from;
                    session.forget();
                }
                double[] logits = logits(session, Arrays.copyOfRange(all, past, n), past - from);
                all[n] = sampling.next(logits, random);
            }
        }
        return all;
    }

    /** Most tokens of text that fit into the positions. */
    private int room() {
        Method method = tuning.recipe().method();
        return tuning.backbone().model().text("generator").positions() - method.positions();
    }

    /**
     * Logits after the last token.
     *
     * @param past how many tokens of text the session keeps keys and values of
     */
    private double[] logits(Session session, int[] tokens, int past) {
        Batch text =
                Batch.text(new Sequences(tokens.length), tokens, new int[tokens.length])
                        .predicted(new int[] {tokens.length - 1});
        int before = tuning.recipe().method().positions();
        Batch batch = past == 0 ? tuning.plan().batch(text) : text.positionsFrom(before + past);
        return session.evaluate(new GoingOn(tuning, past == 0), batch).doubles();
    }

    /**
     * Logits of the rows that are predicted.
     *
     * @param begins whether nothing stands before
     */
    private record GoingOn(Tuning tuning, boolean begins) implements Program {
        @Override
        public <T> T run(Ops<T> plain) {
            Ops<T> ops = tuning.plan().decorator().over(new CachedAttention<>(plain, begins));
            Model model = tuning.backbone().model();
            T x = model.embed(ops);
            for (int i = 0; i < model.blocks(); i++) x = model.block(ops, i, x);
            return tuning.plan().head().logits(ops, x);
        }
    }

    @Override
    public void close() {
        held.close();
    }
}
