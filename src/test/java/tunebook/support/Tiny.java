package tunebook.support;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.Decorator;
import tunebook.core.Tensor;
import tunebook.core.Tokenizer;
import tunebook.core.Weights;
import tunebook.cost.Counter;
import tunebook.data.Dataset;
import tunebook.data.HuggingFaceTokens;
import tunebook.data.TextExample;
import tunebook.data.TextTable;
import tunebook.data.WordPieceTrainer;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.model.Gpt2;
import tunebook.model.Gpt2.Layout;
import tunebook.model.Model;
import tunebook.model.Programs;

/** The smallest backbone and data that everything can be tried on. */
public final class Tiny {
    /** Texts the vocabulary comes from. */
    public static final List<String> SENTENCES =
            List.of(
                    "the nurse was kind and the room was clean",
                    "the doctor was rude and the room was cold",
                    "a kind doctor and a clean bed",
                    "a rude nurse and a cold meal",
                    "we waited long and nobody was there",
                    "we were seen at once and felt well",
                    "good food and good people",
                    "bad food and bad people",
                    "they listened to every question",
                    "they forgot every question",
                    "the night was quiet and i slept well",
                    "the night was loud and i slept badly");

    private static final String[] GOOD = {"kind", "clean", "good", "quiet"};
    private static final String[] BAD = {"rude", "cold", "bad", "loud"};
    private static final String[] THINGS = {"nurse", "doctor", "room", "food", "night", "people"};

    private Tiny() {}

    /** The vocabulary as {@code tokenizer.json}. */
    public static String tokenizerJson() {
        return WordPieceTrainer.train(SENTENCES.stream(), 100).json();
    }

    /** A tokenizer of about a hundred pieces. */
    public static Tokenizer tokenizer() {
        return HuggingFaceTokens.of(
                "tiny tokenizer",
                new ByteArrayInputStream(tokenizerJson().getBytes(StandardCharsets.UTF_8)));
    }

    /** Two blocks of width 16, inner width 32, 32 positions. */
    public static Bert model(int vocabulary, double dropout) {
        return new Bert(2, 16, 2, 32, vocabulary, 32, 2, 1e-12, dropout, Bert.Pooling.MEAN);
    }

    /** A random decoder of two blocks of width 16, with 32 positions. */
    public static Backbone decoder(double dropout) {
        Tokenizer tokenizer = tokenizer();
        Gpt2 model =
                new Gpt2(2, 16, 2, tokenizer.vocabulary(), 32, 1e-5, dropout, Layout.CONV1D_TIED);
        return new Backbone("tiny decoder", model, weights(model, 7), tokenizer);
    }

    /** Random weights for the embedding and the blocks. */
    public static Weights weights(Model model, long seed) {
        Map<String, Tensor> drawn = new TreeMap<>();
        Counter.scan(new Programs(model, null, Decorator.NONE, 0).hidden(), model.example(), 0)
                .weights()
                .forEach((name, weight) -> drawn.put(name, weight.draw(seed, Weights.none())));
        return Weights.of(drawn);
    }

    /** A random backbone. */
    public static Backbone backbone(double dropout) {
        Tokenizer tokenizer = tokenizer();
        Bert model = model(tokenizer.vocabulary(), dropout);
        return new Backbone("tiny", model, weights(model, 7), tokenizer);
    }

    /** So many texts of both kinds, split 60:20:20. */
    public static Dataset<TextExample> data(int good, int bad) {
        List<String> texts = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < good; i++) add(texts, labels, GOOD, "good", i);
        for (int i = 0; i < bad; i++) add(texts, labels, BAD, "bad", i);
        return TextTable.of(
                        "made up",
                        Table.create(
                                StringColumn.create("text", texts),
                                StringColumn.create("mood", labels)))
                .text("text")
                .label("mood")
                .split(0.6, 0.2, 0.2);
    }

    private static void add(
            List<String> texts, List<String> labels, String[] words, String label, int i) {
        String tail = i % 3 == 0 ? "" : i % 3 == 1 ? " and we waited" : " at night, every night";
        texts.add(
                "the "
                        + THINGS[i % THINGS.length]
                        + " was "
                        + words[i / THINGS.length % words.length]
                        + tail);
        labels.add(label);
    }
}
