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
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.model.Head;
import tunebook.model.Model;

/**
 * Continues a text token by token. Keys and values of what stands already are kept, so a token
 * costs one row.
 */
public final class Generator implements AutoCloseable {
    private final Engine engine;
    private final Engine.Held held;
    private final Backbone backbone;

    /** Continues with a backbone as it is. */
    public Generator(Engine engine, Backbone backbone) {
        this.engine = engine;
        this.backbone = backbone;
        this.held = engine.hold(backbone.weights(), Precision.FLOAT);
    }

    /** Continues a text by at most so many tokens; the text itself is in front. */
    public String text(String prompt, int tokens, Sampling sampling) {
        int limit = backbone.model().text("generator").positions();
        int[] ids = backbone.tokenizer().encode(prompt, limit).ids();
        return backbone.tokenizer().decode(tokens(ids, tokens, sampling));
    }

    /**
     * Continues ids by so many tokens, or until the positions end.
     *
     * @throws TunebookException if the prompt is empty or longer than the positions
     */
    public int[] tokens(int[] prompt, int tokens, Sampling sampling) {
        int positions = backbone.model().text("generator").positions();
        if (prompt.length == 0 || prompt.length > positions) {
            throw new TunebookException(
                    "prompt",
                    "has " + prompt.length + " tokens",
                    "give 1 to " + positions + ", the positions of " + backbone.name());
        }
        SplittableRandom random = new SplittableRandom(sampling.seed());
        int[] all = Arrays.copyOf(prompt, Math.min(positions, prompt.length + tokens));
        Weights cache = Weights.none();
        for (int n = prompt.length, past = 0; n < all.length; past = n++) {
            Step step = new Step(backbone.model(), past);
            cache = run(step, Arrays.copyOfRange(all, past, n), cache);
            all[n] = sampling.next(step.logits, random);
        }
        return all;
    }

    private Weights run(Step step, int[] tokens, Weights cache) {
        Batch batch =
                Batch.text(new Sequences(tokens.length), tokens, new int[tokens.length])
                        .positionsFrom(step.past)
                        .predicted(new int[] {tokens.length - 1});
        try (Session session = engine.open(held, cache, Weights.none(), 0)) {
            List<Tensor> numbers = session.evaluateAll(step, batch);
            step.logits = numbers.get(0).doubles();
            return step.cached.cache(numbers.subList(1, numbers.size()));
        }
    }

    /** Logits of the last row, and what the next step needs of this one. */
    private static final class Step implements Outputs {
        private final Model model;
        private final int past;
        private CachedAttention<?> cached;
        private double[] logits;

        Step(Model model, int past) {
            this.model = model;
            this.past = past;
        }

        @Override
        public <T> List<T> run(Ops<T> ops) {
            CachedAttention<T> attention = new CachedAttention<>(ops, past, model.width());
            cached = attention;
            Head head = model.languageHead();
            T x = model.embed(attention);
            for (int i = 0; i < model.blocks(); i++) x = model.block(attention, i, x);
            List<T> outputs = new ArrayList<>();
            outputs.add(head.logits(attention, x));
            outputs.addAll(attention.values());
            return outputs;
        }
    }

    @Override
    public void close() {
        held.close();
    }
}
