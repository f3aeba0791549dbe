package tunebook.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.data.Batches;
import tunebook.data.TextBatches;
import tunebook.data.TextExample;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.task.Softmax;

/** An adapter over a backbone that an engine holds, ready to classify texts. */
public final class Classifier {
    private final Reader reader;
    private final List<String> labels;

    /**
     * @param held the backbone's weights on the engine
     * @param limit most tokens of a text; what is longer is cut
     * @throws TunebookException if the adapter does not fit the backbone, or does not classify
     */
    public Classifier(
            Engine engine, Engine.Held held, Backbone backbone, Adapter adapter, int limit) {
        this.reader = new Reader(engine, held, backbone, adapter, HeadKind.CLASSIFIER, limit);
        this.labels = adapter.labels();
    }

    /** Classifies texts, in their order. */
    public List<Prediction> predict(List<String> texts) {
        List<TextExample> examples =
                texts.stream().map(t -> new TextExample("", t, 0, labels.get(0))).toList();
        double[][] logits = logits(TextBatches.of(examples, reader.tokenizer(), reader.limit()));
        return IntStream.range(0, texts.size()).mapToObj(i -> prediction(logits[i])).toList();
    }

    /** Logits of each example and class, in the order of the examples. */
    public double[][] logits(Batches examples) {
        double[][] logits = new double[examples.size()][];
        reader.over(
                examples,
                (which, batch, rows) -> {
                    for (int i = 0; i < which.length; i++) logits[which[i]] = Softmax.row(rows, i);
                });
        return logits;
    }

    private Prediction prediction(double[] logits) {
        double[] p = Softmax.of(logits);
        Map<String, Double> probabilities = new TreeMap<>();
        for (int c = 0; c < labels.size(); c++) probabilities.put(labels.get(c), p[c]);
        String label = labels.get(Softmax.most(p));
        return new Prediction(label, probabilities.get(label), probabilities);
    }
}
