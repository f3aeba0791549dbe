package tunebook.bench.backbone;

import static tunebook.Tunebook.bagOfWords;
import static tunebook.Tunebook.benchmarks;
import static tunebook.Tunebook.fromScratch;
import static tunebook.Tunebook.full;
import static tunebook.Tunebook.majority;
import static tunebook.Tunebook.prose;
import static tunebook.Tunebook.shuffledWeights;
import static tunebook.Tunebook.study;
import static tunebook.Tunebook.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tunebook.data.Conll;
import tunebook.data.Dataset;
import tunebook.data.TextExample;
import tunebook.model.Backbone;
import tunebook.study.Study;

/** Measurements of encoders and decoders. */
final class Texts {
    private static final int LIMIT = 64;
    private static final int SENTENCES = 400;

    private Texts() {}

    /** Sentiment and kinds of questions: 500 examples to learn from, 2,000, and all. */
    static List<Figure> classes(Backbone over) {
        Map<String, Supplier<Dataset<TextExample>>> sets =
                Map.of("sst2", () -> benchmarks().sst2(), "trec", () -> benchmarks().trec());
        List<Figure> all = new ArrayList<>();
        for (String set : List.of("sst2", "trec")) {
            Supplier<Dataset<TextExample>> data = sets.get(set);
            all.add(
                    new Figure(
                            set + "-500",
                            "500 texts to learn from, another sample for each seed, 8 epochs of"
                                    + " batches of 16",
                            500,
                            () -> classes(over, data.get(), 8, 16),
                            0.3,
                            1,
                            3));
            all.add(
                    new Figure(
                            set + "-2000",
                            "2,000 texts to learn from, another sample for each seed, 6 epochs of"
                                    + " batches of 32",
                            2000,
                            () -> classes(over, data.get(), 6, 32)));
            all.add(
                    Figure.whole(
                            set,
                            "all texts to learn from, 5 epochs of batches of 32",
                            () -> classes(over, data.get(), 5, 32)));
        }
        return all;
    }

    /** The project's own sets. */
    static List<Figure> embedded(Backbone over) {
        return List.of(
                embedded(over, "bank-messages", "message", "intent"),
                embedded(over, "clinic-reviews", "review", "mood"),
                embedded(over, "lease-clauses", "clause", "verdict"));
    }

    private static Figure embedded(Backbone over, String set, String text, String label) {
        String file = "datasets/" + set + ".csv";
        return Figure.whole(
                set,
                file + ", 8 epochs of batches of 16",
                () ->
                        classes(
                                over,
                                table(file).text(text).label(label).split(0.7, 0.15, 0.15),
                                8,
                                16),
                0.3,
                1,
                3);
    }

    private static Study classes(Backbone over, Dataset<?> data, int epochs, int batch) {
        return controlled(over, data)
                .controls(majority(), bagOfWords())
                .epochs(epochs)
                .batchSize(batch)
                .limit(LIMIT);
    }

    /** Names of people, places and organizations. */
    static Figure entities(Backbone over, Path file) {
        return Figure.whole(
                "wikigold",
                SENTENCES + " sentences to learn from, 25 epochs of batches of 16",
                () ->
                        controlled(over, Conll.of(file).split(0.5, 0.1, 0.4).sample(SENTENCES))
                                .epochs(25)
                                .batchSize(16),
                0.3,
                1,
                3);
    }

    /** The manner of letters. */
    static Figure style(Backbone over) {
        return Figure.whole(
                "letters",
                "datasets/grandmother-letters.txt, 6 epochs",
                () ->
                        controlled(
                                        over,
                                        prose("datasets/grandmother-letters.txt")
                                                .split(0.7, 0.15, 0.15))
                                .epochs(6)
                                .batchSize(8),
                0.3,
                1,
                3);
    }

    private static Study controlled(Backbone over, Dataset<?> data) {
        return study("what is pre-training worth?")
                .backbone(over)
                .data(data)
                .recipes(full(), shuffledWeights(), fromScratch());
    }
}
