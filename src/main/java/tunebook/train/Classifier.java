package tunebook.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tunebook.core.Engine;
import tunebook.data.TextBatches;
import tunebook.data.TextExample;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.recipe.Tuning;

/** An adapter over a backbone that an engine holds, ready to classify. */
public final class Classifier {
    private final Engine engine;
    private final Engine.Held held;
    private final Tuning tuning;
    private final List<String> labels;
    private final int limit;

    /**
     * @param held the backbone's weights on the engine
     * @param limit most tokens of a text; what is longer is cut
     * @throws tunebook.core.TunebookException if the adapter does not fit the backbone
     */
    public Classifier(
            Engine engine, Engine.Held held, Backbone backbone, Adapter adapter, int limit) {
        this.engine = engine;
        this.held = held;
        this.tuning = adapter.on(backbone);
        this.labels = adapter.labels();
        this.limit =
                Math.min(
                        limit,
                        backbone.model().positions() - adapter.recipe().method().positions());
    }

    /** Classifies texts, in their order. */
    public List<Prediction> predict(List<String> texts) {
        List<TextExample> examples = texts.stream().map(t -> new TextExample("", t, 0)).toList();
        Evaluation seen = evaluate(TextBatches.of(examples, tuning.backbone().tokenizer(), limit));
        return IntStream.range(0, texts.size()).mapToObj(i -> prediction(seen, i)).toList();
    }

    /** Predictions over examples with labels. */
    public Evaluation evaluate(TextBatches examples) {
        try (Prefixes prefixes = new Prefixes(engine, held, tuning.backbone(), 0)) {
            return new Trainer(engine, held, prefixes)
                    .evaluate(tuning, tuning.learning(), examples);
        }
    }

    private Prediction prediction(Evaluation seen, int i) {
        Map<String, Double> probabilities = new TreeMap<>();
        for (int c = 0; c < labels.size(); c++)
            probabilities.put(labels.get(c), seen.probabilities()[i][c]);
        String label = labels.get(seen.predictions()[i]);
        return new Prediction(label, probabilities.get(label), probabilities);
    }
}
