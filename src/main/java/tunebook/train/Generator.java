package tunebook.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Ops;
import tunebook.core.Outputs;
import tunebook.core.Precision;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.model.Head;
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
        Weights cache = Weights.none();
        for (int n = prompt.length, past = from; n < all.length; past = n++) {
            if (n - from > room) {
                from = n - (room + 1) / 2;
                cache = Weights.none();
            }
            if (!cached || cache.names().isEmpty()) {
                past = from;
                cache = Weights.none();
            }
            Step step = new Step(tuning, cache);
            cache = run(step, Arrays.copyOfRange(all, past, n), past - from, cache);
            all[n] = sampling.next(step.logits, random);
        }
        return all;
    }

    /** Most tokens of text that fit into the positions. */
    private int room() {
        Method method = tuning.recipe().method();
        return tuning.backbone().model().text("generator").positions() - method.positions();
    }

    /**
     * @param past how many tokens of text the cache has
     */
    private Weights run(Step step, int[] tokens, int past, Weights cache) {
        Batch text =
                Batch.text(new Sequences(tokens.length), tokens, new int[tokens.length])
                        .predicted(new int[] {tokens.length - 1});
        Batch batch =
                cache.names().isEmpty()
                        ? tuning.plan().batch(text)
                        : text.positionsFrom(tuning.recipe().method().positions() + past);
        try (Session session = engine.open(held, cache, Weights.none(), 0)) {
            List<Tensor> numbers = session.evaluateAll(step, batch);
            step.logits = numbers.get(0).doubles();
            return step.attention.cache(numbers.subList(1, numbers.size()));
        }
    }

    /** Logits of the last row, and what the next step needs of this one. */
    private static final class Step implements Outputs {
        private final Tuning tuning;
        private final Weights cache;
        private CachedAttention<?> attention;
        private double[] logits;

        Step(Tuning tuning, Weights cache) {
            this.tuning = tuning;
            this.cache = cache;
        }

        @Override
        public <T> List<T> run(Ops<T> plain) {
            CachedAttention<T> kept = new CachedAttention<>(plain, cache);
            attention = kept;
            Ops<T> ops = tuning.plan().decorator().over(kept);
            Model model = tuning.backbone().model();
            Head head = tuning.plan().head();
            T x = model.embed(ops);
            for (int i = 0; i < model.blocks(); i++) x = model.block(ops, i, x);
            List<T> outputs = new ArrayList<>();
            outputs.add(head.logits(ops, x));
            outputs.addAll(kept.values());
            return outputs;
        }
    }

    @Override
    public void close() {
        held.close();
    }
}
