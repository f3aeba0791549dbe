package tunebook.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tunebook.core.Attention;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Program;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Tokenizer.Located;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.recipe.Tuning;

/** A backbone with an adapter over it that an engine holds: where the rows of a text look. */
public final class AttentionReader {
    private final Engine engine;
    private final Engine.Held held;
    private final String name;
    private final Tuning tuning;
    private final int limit;

    /**
     * @param held the backbone's weights on the engine
     * @param limit most tokens of a text
     * @throws TunebookException if the adapter does not fit the backbone, or that reads no text
     */
    public AttentionReader(
            Engine engine, Engine.Held held, Backbone backbone, Adapter adapter, int limit) {
        int positions = backbone.model().text("attention").positions();
        this.engine = engine;
        this.held = held;
        this.name = adapter.name();
        this.tuning = adapter.on(backbone);
        this.limit = Math.min(limit, positions - adapter.recipe().method().positions());
    }

    /**
     * The attention of every layer and head in one text.
     *
     * @throws TunebookException if the text has no token, or more than the limit
     */
    public AttentionMap read(String text) {
        Located located = tuning.backbone().tokenizer().locate(text);
        int[] ids = located.ids();
        if (ids.length == 0 || ids.length > limit) {
            throw new TunebookException(
                    "attention of " + name,
                    "the text has " + ids.length + " tokens",
                    "give a text of 1 to " + limit);
        }
        Batch batch =
                tuning.plan()
                        .batch(Batch.text(new Sequences(ids.length), ids, new int[ids.length]));
        List<Attention> sites = new ArrayList<>();
        Program all = tuning.programs(0).hidden();
        try (Session session = engine.open(held, tuning.constants(), tuning.learning(), 0)) {
            Tensor queries = session.evaluate(AttentionInputs.of(all, false, sites), batch);
            Tensor keys = session.evaluate(AttentionInputs.of(all, true, sites), batch);
            if (sites.isEmpty()) {
                throw new TunebookException(
                        "attention of " + name,
                        "its blocks have none",
                        "take an encoder or a decoder, such as tiny-english");
            }
            return AttentionMap.of(name, tokens(text, located), sites, queries, keys);
        }
    }

    /** Each token as it stands in the text; special ones by their names. */
    private List<String> tokens(String text, Located located) {
        return IntStream.range(0, located.ids().length)
                .mapToObj(
                        i ->
                                located.sides()[i] < 0
                                        ? tuning.backbone().tokenizer().token(located.ids()[i])
                                        : text.substring(located.from()[i], located.end()[i]))
                .toList();
    }
}
