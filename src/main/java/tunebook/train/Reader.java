package tunebook.train;

import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.Batches;
import tunebook.data.PixelForm;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.model.TextInput;
import tunebook.recipe.Adapter;
import tunebook.recipe.Tuning;
import tunebook.task.Pixels;

/** An adapter laid over a backbone that an engine holds: logits for new texts or pictures. */
public final class Reader {
    private static final int BATCH = 64;

    private final Engine engine;
    private final Engine.Held held;
    private final Tuning tuning;
    private final Weights constants;
    private final Weights learned;
    private final int limit;

    /** Who takes the logits of some examples. */
    public interface Sink {
        /**
         * Takes them.
         *
         * @param which the examples' numbers
         * @param batch that they were computed from
         * @param logits of the head
         */
        void take(int[] which, Batch batch, Tensor logits);
    }

    /**
     * @param held the backbone's weights on the engine
     * @param wanted what the adapter has to answer with
     * @param limit most tokens of a text; what is longer is cut
     * @throws TunebookException if the adapter does not fit the backbone, or answers otherwise
     */
    public Reader(
            Engine engine,
            Engine.Held held,
            Backbone backbone,
            Adapter adapter,
            HeadKind wanted,
            int limit) {
        this(engine, held, tuning(backbone, adapter, wanted), limit, true);
    }

    /**
     * The same over everything at once: nothing has to be loaded for a question.
     *
     * @param held what {@link #whole} gives
     */
    static Reader over(Engine engine, Engine.Held held, Tuning tuning, int limit) {
        return new Reader(engine, held, tuning, limit, false);
    }

    /** All weights of backbone and adapter. */
    static Weights whole(Tuning tuning) {
        return tuning.backbone().weights().with(tuning.constants()).with(tuning.learning());
    }

    private Reader(Engine engine, Engine.Held held, Tuning tuning, int limit, boolean apart) {
        this.engine = engine;
        this.held = held;
        this.tuning = tuning;
        this.constants = apart ? tuning.constants() : Weights.none();
        this.learned = apart ? tuning.learning() : Weights.none();
        int positions =
                tuning.backbone()
                        .model()
                        .reads()
                        .map(TextInput::positions)
                        .orElse(Integer.MAX_VALUE);
        this.limit = Math.min(limit, positions - tuning.recipe().method().positions());
    }

    /**
     * An adapter over a backbone, to answer with what it was tuned for.
     *
     * @throws TunebookException if it does not fit the backbone, or answers otherwise
     */
    static Tuning tuning(Backbone backbone, Adapter adapter, HeadKind wanted) {
        if (adapter.head() != wanted) {
            throw new TunebookException(
                    "adapter " + adapter.name(),
                    "its head is " + adapter.head() + " where " + wanted + " is asked for",
                    "ask it what it was tuned for");
        }
        return adapter.on(backbone);
    }

    /**
     * What cuts texts into tokens.
     *
     * @throws TunebookException if the model reads no texts
     */
    Tokenizer tokenizer() {
        tuning.backbone().model().text("recipe " + tuning.recipe().name());
        return tuning.backbone().tokenizer();
    }

    /**
     * How pictures are read.
     *
     * @throws TunebookException if the model reads none
     */
    PixelForm pixels() {
        return Pixels.of(tuning.backbone().model(), "recipe " + tuning.recipe().name());
    }

    /** Most tokens of a text. */
    int limit() {
        return limit;
    }

    /** Logits batch by batch, from the shortest examples to the longest. */
    public void over(Batches examples, Sink sink) {
        over(examples, BATCH, sink);
    }

    /** The same with so many examples at once. */
    void over(Batches examples, int batchSize, Sink sink) {
        try (Prefixes prefixes = new Prefixes(engine, held, tuning.backbone(), Space.memory(0));
                Session session = engine.open(held, constants, learned, 0)) {
            new Forward(session, tuning, prefixes, new Stopwatch()).over(examples, batchSize, sink);
        }
    }
}
