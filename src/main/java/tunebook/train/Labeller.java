package tunebook.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tunebook.core.Engine;
import tunebook.data.LabelSetExample;
import tunebook.data.TargetBatches;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.task.Sigmoid;
import tunebook.task.Softmax;

/** An adapter over a backbone that an engine holds, ready to give texts their labels. */
public final class Labeller {
    private final Reader reader;
    private final List<String> labels;

    /**
     * @param held the backbone's weights on the engine
     * @param limit most tokens of a text; what is longer is cut
     * @throws tunebook.core.TunebookException if the adapter does not fit the backbone, or gives no
     *     sets of labels
     */
    public Labeller(
            Engine engine, Engine.Held held, Backbone backbone, Adapter adapter, int limit) {
        this(new Reader(engine, held, backbone, adapter, HeadKind.MULTI_LABEL, limit), adapter);
    }

    Labeller(Reader reader, Adapter adapter) {
        this.reader = reader;
        this.labels = adapter.labels();
    }

    /** The labels of texts, in their order. */
    public List<LabelSet> labels(List<String> texts) {
        List<LabelSetExample> examples =
                texts.stream().map(text -> new LabelSetExample("", text, List.of())).toList();
        LabelSet[] sets = new LabelSet[texts.size()];
        reader.over(
                TargetBatches.of(
                        examples,
                        e -> new double[labels.size()],
                        reader.tokenizer(),
                        reader.limit()),
                (which, batch, rows) -> {
                    for (int i = 0; i < which.length; i++)
                        sets[which[i]] = set(Softmax.row(rows, i));
                });
        return List.of(sets);
    }

    private LabelSet set(double... logits) {
        List<Integer> order =
                IntStream.range(0, logits.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer l) -> -logits[l]))
                        .toList();
        List<String> chosen = new ArrayList<>();
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (int l : order) {
            probabilities.put(labels.get(l), Sigmoid.of(logits[l]));
            if (Sigmoid.chosen(logits[l])) chosen.add(labels.get(l));
        }
        return new LabelSet(chosen, probabilities);
    }
}
