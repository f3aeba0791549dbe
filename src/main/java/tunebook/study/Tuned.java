package tunebook.study;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.data.TextBatches;
import tunebook.data.TextExample;
import tunebook.model.Head;
import tunebook.recipe.Adapter;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.train.Evaluation;
import tunebook.train.Prefixes;
import tunebook.train.Trainer;

/** A model that a study tuned, ready to predict. */
public final class Tuned {
    private final Study study;
    private final RunResult run;
    private final Tuning tuning;
    private final Weights learned;
    private final Engine engine;

    private Tuned(Study study, RunResult run, Tuning tuning, Weights learned, Engine engine) {
        this.study = study;
        this.run = run;
        this.tuning = tuning;
        this.learned = learned;
        this.engine = engine;
    }

    static Tuned of(Study study, RunResult run, byte[] weights, Engine engine, Head head) {
        Recipe recipe =
                study.recipes().stream()
                        .filter(r -> r.name().equals(run.recipe()))
                        .findFirst()
                        .orElseThrow();
        Tuning tuning = Tuning.of(recipe, study.backbone(), head, run.seed());
        return new Tuned(
                study,
                run,
                tuning,
                SafeTensors.read("run " + run.key(), ByteBuffer.wrap(weights)),
                engine);
    }

    /**
     * A prediction.
     *
     * @param label the most probable class
     * @param probability of it, 0 … 1
     * @param probabilities of every class by name
     */
    public record Prediction(String label, double probability, Map<String, Double> probabilities) {}

    /** The recipe's name. */
    public String recipe() {
        return run.recipe();
    }

    /** The run it comes from. */
    public RunResult run() {
        return run;
    }

    /** What learned, by name. */
    public Weights learned() {
        return learned;
    }

    /** What learned, as something to keep, write to files and lay over the backbone again. */
    public Adapter adapter(String name) {
        return new Adapter(
                name, tuning.recipe(), study.data().labels(), tuning.constants(), learned);
    }

    /** Classifies a text; what is longer than the study's limit is cut. */
    public Prediction predict(String text) {
        return predict(List.of(text)).get(0);
    }

    /** Classifies texts, in their order. */
    public List<Prediction> predict(List<String> texts) {
        List<TextExample> examples = texts.stream().map(t -> new TextExample("", t, 0)).toList();
        TextBatches batches =
                TextBatches.of(examples, study.backbone().tokenizer(), study.textTokens());
        try (Engine.Held held = engine.hold(study.backbone().weights(), Precision.FLOAT);
                Prefixes prefixes = new Prefixes(engine, held, study.backbone(), 0)) {
            Evaluation seen =
                    new Trainer(engine, held, prefixes).evaluate(tuning, learned, batches);
            return java.util.stream.IntStream.range(0, texts.size())
                    .mapToObj(i -> prediction(seen, i))
                    .toList();
        }
    }

    private Prediction prediction(Evaluation seen, int i) {
        List<String> labels = study.data().labels();
        Map<String, Double> probabilities = new TreeMap<>();
        for (int c = 0; c < labels.size(); c++)
            probabilities.put(labels.get(c), seen.probabilities()[i][c]);
        String label = labels.get(seen.predictions()[i]);
        return new Prediction(label, probabilities.get(label), probabilities);
    }
}
