package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.Batch;
import tunebook.core.ElementType;
import tunebook.core.Engine;
import tunebook.core.Input;
import tunebook.core.Rows;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.Gpt2;
import tunebook.model.ImageInput;
import tunebook.model.ResNet;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Settings.Decay;
import tunebook.recipe.Settings.Rates;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;

class PretrainingTest {
    @TempDir Path folder;

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Sentences of made-up order, so that paragraphs differ. */
    private static List<String> lines(int count) {
        Random random = new Random(4);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> words =
                    new ArrayList<>(
                            Arrays.asList(
                                    Tiny.SENTENCES.get(i % Tiny.SENTENCES.size()).split(" ")));
            words.addAll(
                    Arrays.asList(
                            Tiny.SENTENCES.get(random.nextInt(Tiny.SENTENCES.size())).split(" ")));
            Collections.shuffle(words, random);
            lines.add(String.join(" ", words));
        }
        return lines;
    }

    private Pretraining.Report run(String name, Consumer<String> progress) throws IOException {
        Path corpus = folder.resolve("corpus.txt");
        Files.write(corpus, lines(300));
        Path out = Files.createDirectories(folder.resolve(name));
        int vocabulary = Tiny.tokenizer().vocabulary();
        Path own = out.resolve("tokenizer.json");
        if (!Files.exists(own)) Files.writeString(own, Tiny.tokenizerJson());
        Pretraining pretraining =
                new Pretraining(
                        "mini",
                        Tiny.model(vocabulary, 0.1),
                        Objective.MASKED_WORDS,
                        12,
                        256,
                        new Rates(3e-3, 1, 0.1, Decay.LINEAR),
                        1,
                        4);
        return pretraining.run(new Nd4jEngine(1), List.of(corpus), out, progress);
    }

    private static Consumer<String> stopAt(String start) {
        return line -> {
            if (line.startsWith(start)) throw new Stopped();
        };
    }

    @Test
    void aStoppedRunGoesOnToTheSameBits() throws IOException {
        Pretraining.Report whole = run("whole", line -> {});
        assertThrows(Stopped.class, () -> run("parts", stopAt("step 4 of 12")));
        Path log = folder.resolve("parts").resolve("curve.csv");
        // As if it had been killed between the log and the checkpoint.
        Files.writeString(log, "8,1.0000,1.0000\n1", StandardOpenOption.APPEND);
        assertThrows(Stopped.class, () -> run("parts", stopAt("step 8 of 12")));
        Pretraining.Report parts = run("parts", line -> {});
        assertEquals(whole.heldOutLoss(), parts.heldOutLoss());
        assertEquals(whole.curve(), parts.curve());
        assertEquals(3, parts.curve().size());
        assertEquals(whole.seen(), parts.seen());
        assertEquals(12, parts.steps());
        for (String file : List.of("model.safetensors", "config.json"))
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("whole").resolve(file)),
                    Files.readAllBytes(folder.resolve("parts").resolve(file)),
                    file);
        assertTrue(
                whole.heldOutLoss() < Math.log(Tiny.tokenizer().vocabulary()),
                "it learned less than nothing: " + whole.heldOutLoss());
    }

    /** A table of another seed in its place gives another run: it is what the run starts from. */
    @Test
    void theWordTableIsCountedOnceAndStartedFrom() throws IOException {
        Pretraining.Report counted = run("counted", line -> {});
        Path words = folder.resolve("counted").resolve("words.safetensors");
        Weights table = SafeTensors.read(words);
        assertEquals(Set.of("bert.embeddings.word_embeddings.weight"), Set.copyOf(table.names()));
        Path other = Files.createDirectories(folder.resolve("other"));
        Map<String, Tensor> turned = new TreeMap<>();
        for (String name : table.names()) {
            double[] values = table.get(name).doubles();
            for (int i = 0; i < values.length; i++) values[i] = -values[i];
            Shape shape = table.get(name).shape();
            turned.put(name, Tensor.of(values, shape.size(0), shape.size(1)));
        }
        SafeTensors.write(other.resolve("words.safetensors"), Weights.of(turned), Map.of());
        byte[] before = Files.readAllBytes(other.resolve("words.safetensors"));
        assertNotEquals(counted.heldOutLoss(), run("other", line -> {}).heldOutLoss());
        assertArrayEquals(before, Files.readAllBytes(other.resolve("words.safetensors")));
    }

    /** Rates of the run add up to 0.018, and Adam moves no number by more than about that. */
    @Test
    void theCountedTableLearnsAtATenthOfTheRate() throws IOException {
        run("slow", line -> {});
        String name = "bert.embeddings.word_embeddings.weight";
        Path out = folder.resolve("slow");
        double[] first = SafeTensors.read(out.resolve("words.safetensors")).get(name).doubles();
        double[] last = SafeTensors.read(out.resolve("model.safetensors")).get(name).doubles();
        double most = 0;
        for (int i = 0; i < first.length; i++) most = Math.max(most, Math.abs(last[i] - first[i]));
        assertTrue(most > 5e-4 && most < 2.5e-3, "moved by at most " + most);
    }

    /** Biases of the words are made to rise by 1 each: no run would come to such by itself. */
    @Test
    void aRunCanStartFromAnEarlierOnesWeights() throws IOException {
        run("first", line -> {});
        Path model = folder.resolve("first").resolve("model.safetensors");
        Map<String, Tensor> weights = new TreeMap<>();
        Weights learned = SafeTensors.read(model);
        for (String name : learned.names()) weights.put(name, learned.get(name));
        String name = "cls.predictions.bias";
        double[] rising = learned.get(name).doubles();
        for (int i = 0; i < rising.length; i++) rising[i] = i;
        weights.put(name, Tensor.of(rising, rising.length));
        SafeTensors.write(model, Weights.of(weights), Map.of());
        Pretraining.begin(folder.resolve("first"), folder.resolve("second"));
        run("second", line -> {});
        Path after = folder.resolve("second").resolve("model.safetensors");
        assertArrayEquals(rising, SafeTensors.read(after).get(name).doubles(), 0.1);
        assertThrows(
                TunebookException.class,
                () -> Pretraining.begin(folder.resolve("second"), folder.resolve("first")));
    }

    @Test
    void whatComesOutIsABackbone() throws IOException {
        run("result", line -> {});
        Backbone backbone = BackboneFolder.read(folder.resolve("result"));
        assertEquals("result", backbone.name());
        assertEquals(Tiny.model(Tiny.tokenizer().vocabulary(), 0.1), backbone.model());
        assertEquals(
                ElementType.F16,
                backbone.weights().get("bert.embeddings.word_embeddings.weight").type());
        assertTrue(backbone.weights().has("cls.predictions.bias"));
    }

    @Test
    void aDecoderLearnsBytesAndWrites() throws IOException {
        Path corpus = folder.resolve("song.txt");
        Files.writeString(corpus, "la la lo. ".repeat(400));
        Gpt2 model = new Gpt2(1, 16, 2, 256, 16, 1e-5, 0, Gpt2.Layout.CONV1D_TIED);
        Pretraining pretraining =
                new Pretraining(
                        "singer",
                        model,
                        Objective.NEXT_TOKEN,
                        150,
                        256,
                        new Rates(2e-2, 1, 0.1, Decay.LINEAR),
                        1,
                        50);
        Path out = folder.resolve("singer");
        Engine engine = new Nd4jEngine(1);
        Pretraining.Report report = pretraining.run(engine, List.of(corpus), out, line -> {});
        assertEquals(3600, report.corpusTokens());
        assertTrue(report.heldOutLoss() < 0.3, "loss " + report.heldOutLoss());
        Backbone singer = BackboneFolder.read(out);
        assertEquals(model, singer.model());
        try (Generator generator = new Generator(engine, singer)) {
            assertEquals("la la lo. la", generator.text("la la lo", 4, Sampling.GREEDY));
        }
    }

    @Test
    void aDecoderLearnsBytePairsOfTheText() throws IOException {
        Path corpus = folder.resolve("song.txt");
        Files.writeString(corpus, "la la lo, said the lark.\n\n".repeat(300));
        Gpt2 model = new Gpt2(1, 16, 2, 262, 16, 1e-5, 0, Gpt2.Layout.CONV1D_TIED);
        Pretraining pretraining =
                new Pretraining(
                        "singer",
                        model,
                        Objective.NEXT_TOKEN,
                        60,
                        256,
                        new Rates(2e-2, 1, 0.1, Decay.TRAPEZOID),
                        1,
                        60);
        Path out = folder.resolve("singer");
        Pretraining.Report report =
                pretraining.run(new Nd4jEngine(1), List.of(corpus), out, line -> {});
        Backbone singer = BackboneFolder.read(out);
        String text = Files.readString(corpus);
        int[] whole = singer.tokenizer().encode(text, Integer.MAX_VALUE).ids();
        assertEquals(whole.length / 10 * 9L, report.corpusTokens(), "line by line as in one");
        assertTrue(whole.length < text.length() * 0.8, whole.length + " tokens");
        assertEquals(text, singer.tokenizer().decode(whole));
        assertTrue(report.heldOutLoss() < 1, "loss " + report.heldOutLoss());
        Shortness held = report.text().orElseThrow();
        assertEquals(
                report.heldOutLoss() / Math.log(2) * whole.length / text.length(),
                held.model(),
                0.02 * held.model());
        assertTrue(held.xz() > 0 && held.xz() < 2, "xz of the same line again and again");
    }

    @Test
    void aNetworkLearnsToSeeAndAStoppedRunGoesOnToTheSameBits() throws IOException {
        ResNet model = (ResNet) TinyImages.cifar().model();
        Pretraining pretraining =
                new Pretraining(
                        "seer",
                        new ResNet(
                                model.form(),
                                model.depths(),
                                model.widths(),
                                ImageInput.of(32, 3),
                                1e-5,
                                0.1),
                        Objective.PAINTINGS,
                        6,
                        8,
                        new Rates(1e-2, 1, 0.1, Decay.TRAPEZOID),
                        1,
                        2);
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        List<String> said = new ArrayList<>();
        Pretraining.Report report = pretraining.run(new Nd4jEngine(1), List.of(), whole, said::add);
        assertEquals(48, report.seen());
        assertTrue(said.get(0).contains("pictures/s"), said.get(0));
        assertThrows(
                Stopped.class,
                () -> pretraining.run(new Nd4jEngine(1), List.of(), parts, stopAt("step 4 of 6")));
        assertEquals(
                report.heldOutLoss(),
                pretraining.run(new Nd4jEngine(1), List.of(), parts, line -> {}).heldOutLoss());
        assertArrayEquals(
                Files.readAllBytes(whole.resolve("model.safetensors")),
                Files.readAllBytes(parts.resolve("model.safetensors")));
        Backbone seer = BackboneFolder.read(whole);
        assertTrue(seer.weights().has("bn1.running_mean"), "" + seer.weights().names());
        assertTrue(seer.weights().names().stream().noneMatch(n -> n.startsWith("linear")));
        assertFalse(Files.exists(whole.resolve("tokenizer.json")));
    }

    @Test
    void textsNeedACorpus() {
        TunebookException error =
                assertThrows(
                        TunebookException.class,
                        () ->
                                Pretrainings.named("tiny-gpt", 1, 1)
                                        .run(
                                                new Nd4jEngine(1),
                                                List.of(),
                                                folder.resolve("none"),
                                                line -> {}));
        assertEquals(
                "pretrain tiny-gpt: has no text to learn from. Mend: give --corpus FILE",
                error.getMessage());
    }

    @Test
    void theRateStaysUntilTheLastFifth() {
        Rates rates = new Rates(1, 1, 0.1, Decay.TRAPEZOID);
        assertEquals(0.5, rates.factor(49, 1000), 1e-12);
        assertEquals(1, rates.factor(100, 1000), 1e-12);
        assertEquals(1, rates.factor(800, 1000), 1e-12);
        assertEquals(0.5, rates.factor(900, 1000), 1e-12);
        assertEquals(0.005, rates.factor(999, 1000), 1e-12);
        // so a run may be given more steps while the rate stays
        for (int step = 200; step <= 800; step++)
            assertEquals(rates.factor(step, 1000), rates.factor(step, 2000), 1e-12);
    }

    @Test
    void theRateStaysForHalfOfTheStepsAndThenFalls() {
        Rates rates = new Rates(1, 1, 0.1, Decay.SECOND_HALF);
        assertEquals(0.5, rates.factor(49, 1000), 1e-12);
        assertEquals(1, rates.factor(500, 1000), 1e-12);
        assertEquals(0.5, rates.factor(750, 1000), 1e-12);
        assertEquals(0.002, rates.factor(999, 1000), 1e-12);
    }

    @Test
    void tooLittleTextIsRefused() throws IOException {
        Path corpus = folder.resolve("short.txt");
        Files.write(corpus, lines(50));
        Path out = Files.createDirectories(folder.resolve("short"));
        Files.writeString(out.resolve("tokenizer.json"), Tiny.tokenizerJson());
        Pretraining pretraining =
                new Pretraining(
                        "mini",
                        Tiny.model(Tiny.tokenizer().vocabulary(), 0),
                        Objective.MASKED_WORDS,
                        1,
                        64,
                        new Rates(1e-3, 1, 0, Decay.LINEAR),
                        1,
                        1);
        TunebookException error =
                assertThrows(
                        TunebookException.class,
                        () -> pretraining.run(new Nd4jEngine(1), List.of(corpus), out, line -> {}));
        assertTrue(error.what().contains("has 50 paragraphs"), error.what());
        assertTrue(error.mend().contains("at least 100"), error.mend());
    }

    private static final Tokenizer TOKENIZER = Tiny.tokenizer();

    private static Corpus.Stream text() {
        return Corpus.of(lines(300), TOKENIZER).training();
    }

    /** A batch's tokens with the masked ones put back. */
    private static int[] restored(Batch batch) {
        int[] ids = batch.indices(Input.TOKENS).clone();
        int[] rows = batch.rows(Rows.PREDICTED);
        int[] labels = batch.indices(Input.LABELS);
        assertEquals(rows.length, labels.length);
        for (int i = 0; i < rows.length; i++) ids[rows[i]] = labels[i];
        return ids;
    }

    @Test
    void labelsAreTheTokensThatWereThere() {
        Corpus.Stream text = text();
        String all = " " + words(text.ids(), 0, text.ids().length);
        MaskedWords batches =
                new MaskedWords(text, TOKENIZER, new Objective.Shape(200, 32, null, 9), 9);
        for (int n = 0; n < 40; n++) {
            Batch batch = batches.batch(n);
            int[] ids = restored(batch);
            for (int s = 0; s < batch.sequences().count(); s++) {
                int from = batch.sequences().start(s);
                int end = from + batch.sequences().length(s);
                assertEquals(TOKENIZER.id("[CLS]"), ids[from]);
                assertEquals(TOKENIZER.id("[SEP]"), ids[end - 1]);
                String sequence = " " + words(ids, from + 1, end - 1);
                assertTrue(all.contains(sequence), sequence);
            }
        }
    }

    private static String words(int[] ids, int from, int end) {
        StringBuilder words = new StringBuilder();
        for (int i = from; i < end; i++) words.append(ids[i]).append(' ');
        return words.toString();
    }

    @Test
    void frequentWordsAreChosenLessOftenAndAllAreWhole() {
        Corpus.Stream text = text();
        double[] shares = text.shares(TOKENIZER.vocabulary());
        MaskedWords batches =
                new MaskedWords(text, TOKENIZER, new Objective.Shape(400, 32, null, 9), 9);
        double due = 0;
        double dueOfFrequent = 0;
        int chosenWords = 0;
        int chosenFrequent = 0;
        int pieces = 0;
        int hidden = 0;
        int kept = 0;
        int tokens = 0;
        for (int n = 0; n < 600; n++) {
            Batch batch = batches.batch(n);
            int[] seen = batch.indices(Input.TOKENS);
            int[] ids = restored(batch);
            Set<Integer> chosen = new HashSet<>();
            for (int row : batch.rows(Rows.PREDICTED)) {
                chosen.add(row);
                tokens++;
                if (seen[row] == TOKENIZER.id("[MASK]")) hidden++;
                if (seen[row] == ids[row]) kept++;
            }
            for (int i = 0; i < ids.length; i++) {
                String token = TOKENIZER.token(ids[i]);
                if (token.startsWith("[")) continue;
                boolean inside = token.startsWith("##");
                if (inside && !TOKENIZER.token(ids[i - 1]).startsWith("[")) {
                    pieces++;
                    assertEquals(chosen.contains(i - 1), chosen.contains(i), "a word in halves");
                    continue;
                }
                double rate = 0.22 * Math.min(1, Math.sqrt(0.001 / shares[ids[i]]));
                boolean frequent = shares[ids[i]] > 0.02;
                due += rate;
                if (frequent) dueOfFrequent += rate;
                if (chosen.contains(i)) chosenWords++;
                if (chosen.contains(i) && frequent) chosenFrequent++;
            }
        }
        assertTrue(pieces > 1000, "only " + pieces + " pieces continue a word");
        assertEquals(1, chosenWords / due, 0.05);
        assertTrue(chosenFrequent > 500, chosenFrequent + " frequent words");
        assertEquals(1, chosenFrequent / dueOfFrequent, 0.1);
        assertEquals(0.8, hidden / (double) tokens, 0.02);
        assertEquals(0.1, kept / (double) tokens, 0.02);
    }

    @Test
    void aBatchDependsOnSeedAndNumberAlone() {
        Corpus.Stream text = text();
        int[] once =
                new MaskedWords(text, TOKENIZER, new Objective.Shape(200, 32, null, 9), 9)
                        .batch(5)
                        .indices(Input.TOKENS);
        MaskedWords again =
                new MaskedWords(text, TOKENIZER, new Objective.Shape(200, 32, null, 9), 9);
        again.batch(1);
        assertArrayEquals(once, again.batch(5).indices(Input.TOKENS));
        assertNotEquals(
                Arrays.toString(once), Arrays.toString(again.batch(6).indices(Input.TOKENS)));
        assertNotEquals(
                Arrays.toString(once),
                Arrays.toString(
                        new MaskedWords(text, TOKENIZER, new Objective.Shape(200, 32, null, 10), 10)
                                .batch(5)
                                .indices(Input.TOKENS)));
    }
}
