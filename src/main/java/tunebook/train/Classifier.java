package tunebook.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.data.Augmentation;
import tunebook.data.Batches;
import tunebook.data.ImageExample;
import tunebook.data.Picture;
import tunebook.data.PictureBatches;
import tunebook.data.TextBatches;
import tunebook.data.TextExample;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.task.Softmax;

/** An adapter over a backbone that an engine holds, ready to classify texts or pictures. */
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
        this(new Reader(engine, held, backbone, adapter, HeadKind.CLASSIFIER, limit), adapter);
    }

    Classifier(Reader reader, Adapter adapter) {
        this.reader = reader;
        this.labels = adapter.labels();
    }

    /** Classifies texts, in their order. */
    public List<Prediction> predict(List<String> texts) {
        List<TextExample> examples =
                texts.stream().map(t -> new TextExample("", t, 0, labels.get(0))).toList();
        return answers(TextBatches.of(examples, reader.tokenizer(), reader.limit()));
    }

    /**
     * Classifies pictures, in their order; each is fitted to what the model reads.
     *
     * @throws tunebook.core.TunebookException if the model reads no pictures
     */
    public List<Prediction> classify(List<Picture> pictures) {
        List<ImageExample> examples =
                pictures.stream().map(p -> new ImageExample("", p, 0, labels.get(0))).toList();
        return answers(PictureBatches.of(examples, reader.pixels(), Augmentation.NONE));
    }

    /** Classifies examples, in their order. */
    public List<Prediction> answers(Batches examples) {
        return Arrays.stream(logits(examples)).map(this::prediction).toList();
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
