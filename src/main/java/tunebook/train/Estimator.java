package tunebook.train;

import java.util.List;
import tunebook.core.Engine;
import tunebook.core.Scale;
import tunebook.data.NumberExample;
import tunebook.data.TargetBatches;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;

/** An adapter over a backbone that an engine holds, ready to answer texts with numbers. */
public final class Estimator {
    private final Reader reader;
    private final Scale scale;

    /**
     * @param held the backbone's weights on the engine
     * @param limit most tokens of a text; what is longer is cut
     * @throws tunebook.core.TunebookException if the adapter does not fit the backbone, or answers
     *     with no numbers
     */
    public Estimator(
            Engine engine, Engine.Held held, Backbone backbone, Adapter adapter, int limit) {
        this(new Reader(engine, held, backbone, adapter, HeadKind.REGRESSION, limit), adapter);
    }

    Estimator(Reader reader, Adapter adapter) {
        this.reader = reader;
        this.scale = adapter.scale();
    }

    /** The numbers of texts, in their order, in the unit that was learned from. */
    public double[] values(List<String> texts) {
        List<NumberExample> examples =
                texts.stream().map(text -> new NumberExample("", text, 0)).toList();
        double[] values = new double[texts.size()];
        reader.over(
                TargetBatches.of(examples, e -> new double[1], reader.tokenizer(), reader.limit()),
                (which, batch, rows) -> {
                    for (int i = 0; i < which.length; i++)
                        values[which[i]] = scale.value(rows.get(i));
                });
        return values;
    }
}
