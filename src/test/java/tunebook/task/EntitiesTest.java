package tunebook.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tunebook.core.Tensor;
import tunebook.data.Batches;
import tunebook.data.Bio;
import tunebook.data.ConllParts;
import tunebook.data.Dataset;
import tunebook.data.EncodedWords;
import tunebook.data.EntityExample;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.support.Tiny;

class EntitiesTest {
    private static final Backbone TINY = Tiny.backbone(0);
    private static final String TYPES = "x B-X\ny B-Y\n\n";

    @TempDir Path folder;

    /** The task of test sentences, one a string of words and tags in turns. */
    private Dataset<EntityExample> data(List<List<String>> tags) {
        StringBuilder text = new StringBuilder(TYPES);
        for (List<String> sentence : tags) {
            for (String tag : sentence) text.append("was ").append(tag).append('\n');
            text.append('\n');
        }
        try {
            Path types = Files.writeString(folder.resolve("types"), TYPES);
            Path test = Files.writeString(folder.resolve("test"), text);
            return ConllParts.of(types, types, test).read("made up");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Marks of predicted tags, given as logits that say them with this strength. */
    private static Marked marked(
            Dataset<EntityExample> data, List<List<String>> predicted, double strength, int limit) {
        Part part = Task.of(data).test(TINY, limit);
        Marking marking = part.marking().get();
        Batches batches = part.batches();
        List<String> labels = data.labels();
        for (int[] which : batches.inOrder(2)) {
            List<float[]> rows = new ArrayList<>();
            for (int sentence : which) {
                for (int word : ((EncodedWords) batches.example(sentence)).words()) {
                    float[] row = new float[labels.size()];
                    row[labels.indexOf(predicted.get(sentence).get(word))] = (float) strength;
                    rows.add(row);
                }
            }
            float[] all = new float[rows.size() * labels.size()];
            for (int r = 0; r < rows.size(); r++)
                System.arraycopy(rows.get(r), 0, all, r * labels.size(), labels.size());
            marking.add(which, batches.batch(which), Tensor.of(all, rows.size(), labels.size()));
        }
        return marking.marked();
    }

    private static List<String> tags(String tags) {
        return List.of(tags.split(" ", -1));
    }

    /** The sentence of types, predicted as it is, is in every case: two more right entities. */
    @ParameterizedTest
    @CsvSource({
        // truth, prediction: right, predicted, true ones besides the two
        "B-X I-X O, B-X I-X O, 1, 1, 1",
        "B-X I-X O, B-X O O, 0, 1, 1",
        "B-X I-X O, B-Y I-Y O, 0, 1, 1",
        "B-X I-X O, B-X B-X O, 0, 2, 1",
        "B-X I-X O, O O O, 0, 0, 1",
        "O O O, I-X I-X O, 0, 1, 0",
        "O O O, O O O, 0, 0, 0",
        // a prediction out of order counts as what it begins
        "B-X I-X O, I-X I-X O, 1, 1, 1",
        "B-X B-Y O, B-X I-Y O, 2, 2, 2",
        "B-X B-X I-X, I-X B-X I-X, 2, 2, 2",
        "O B-Y I-Y, I-X I-Y I-Y, 1, 2, 1"
    })
    void entitiesCountWhereTypeAndBothEndsAreRight(
            String truth, String prediction, int right, int predicted, int there) {
        Marked marked =
                marked(
                        data(List.of(tags(truth))),
                        List.of(List.of("B-X", "B-Y"), tags(prediction)),
                        5,
                        30);
        double r = right + 2;
        double p = predicted + 2;
        double t = there + 2;
        assertEquals(
                Map.of(
                        Metric.ENTITY_F1, 2 * r / (p + t),
                        Metric.ENTITY_PRECISION, r / p,
                        Metric.ENTITY_RECALL, r / t),
                marked.metrics());
        assertEquals(Metric.ENTITY_F1, marked.metric());
        Mark mark = marked.marks().get(1);
        assertEquals(truth, mark.truth());
        assertEquals(String.join(" ", Bio.of(tags(prediction))), mark.prediction());
        assertEquals("test:4", mark.id());
    }

    @Test
    void nothingRightIsZeroAndNotUndefined() {
        Dataset<EntityExample> data = data(List.of());
        Marked none = marked(data, List.of(List.of("O", "O")), 5, 30);
        assertEquals(
                Map.of(
                        Metric.ENTITY_F1, 0.0,
                        Metric.ENTITY_PRECISION, 0.0,
                        Metric.ENTITY_RECALL, 0.0),
                none.metrics());
        assertEquals(0, new EntityMetrics.Counts(0, 0, 0).f1());
        assertEquals(0, new EntityMetrics.Counts(0, 0, 4).precision());
        assertEquals(0, new EntityMetrics.Counts(0, 3, 0).recall());
    }

    /** 200 test sets of random tags against sets of strings, and the marks against the metric. */
    @Test
    void metricsAgreeWithASlowCountAndTheScoresWithTheMetric() {
        List<String> labels = List.of("O", "O", "B-X", "I-X", "B-Y", "I-Y");
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<List<String>> truths = new ArrayList<>();
            List<List<String>> predictions = new ArrayList<>();
            predictions.add(List.of("B-X", "O"));
            for (int s = 1 + random.nextInt(8); s > 0; s--) {
                int words = 1 + random.nextInt(10);
                List<String> truth = random(random, words, labels);
                List<String> other = random(random, words, labels);
                truths.add(truth);
                predictions.add(
                        IntStream.range(0, words)
                                .mapToObj(w -> (random.nextInt(3) > 0 ? truth : other).get(w))
                                .toList());
            }
            Dataset<EntityExample> data = data(truths);
            Marked marked = marked(data, predictions, 3, 30);
            Set<String> there = new HashSet<>();
            Set<String> found = new HashSet<>();
            for (int s = 0; s < predictions.size(); s++) {
                note(there, s, data.test().get(s).tags());
                note(found, s, predictions.get(s));
            }
            Set<String> both = new HashSet<>(there);
            both.retainAll(found);
            String again = "seed " + seed;
            double precision = both.size() / (double) Math.max(1, found.size());
            double recall = both.size() / (double) there.size();
            double f1 = both.isEmpty() ? 0 : 2 * precision * recall / (precision + recall);
            assertEquals(f1, marked.score(), 1e-12, again);
            assertEquals(precision, marked.metrics().get(Metric.ENTITY_PRECISION), 1e-12, again);
            assertEquals(recall, marked.metrics().get(Metric.ENTITY_RECALL), 1e-12, again);
            assertEquals(
                    f1,
                    marked.marks().stream().mapToDouble(Mark::score).average().orElseThrow(),
                    1e-12,
                    again);
            EntityMetrics byType = EntityMetrics.of(marked.marks());
            assertEquals(f1, byType.all().f1(), 1e-12, again);
            assertEquals(
                    there.stream().filter(e -> e.contains("Y")).count(),
                    byType.types().get("Y").truth(),
                    again);
            assertEquals(
                    both.stream().filter(e -> e.contains("Y")).count(),
                    byType.types().get("Y").right(),
                    again);
        }
    }

    private static List<String> random(Random random, int words, List<String> labels) {
        return random.ints(words, 0, labels.size()).mapToObj(labels::get).toList();
    }

    /** Entities as strings: where each begins, and how far it goes on word by word. */
    private static void note(Set<String> entities, int sentence, List<String> tags) {
        for (int i = 0; i < tags.size(); i++) {
            String tag = tags.get(i);
            if (tag.equals("O")) continue;
            String type = tag.substring(2);
            boolean goesOn = tag.startsWith("I") && i > 0 && tags.get(i - 1).endsWith("-" + type);
            if (goesOn) continue;
            int end = i + 1;
            while (end < tags.size() && tags.get(end).equals("I-" + type)) end++;
            entities.add(sentence + " " + type + " " + i + " " + end);
        }
    }

    @Test
    void theLossIsTheMeanOverAllWords() {
        Dataset<EntityExample> data = data(List.of(tags("O O B-X"), tags("I-X")));
        List<List<String>> half = List.of(List.of("B-X", "B-Y"), tags("O B-X B-Y"), tags("B-X"));
        double others = Math.exp(0) * 4;
        double right = -Math.log(Math.exp(2) / (Math.exp(2) + others));
        double wrong = -Math.log(1 / (Math.exp(2) + others));
        assertEquals((4 * right + 2 * wrong) / 6, marked(data, half, 2, 30).loss(), 1e-6);
    }

    @Test
    void wordsThatWereCutOffAreOutsideAndStillCountAsMissed() {
        Dataset<EntityExample> data = data(List.of(tags("B-X O O O O B-Y")));
        List<List<String>> same = List.of(List.of("B-X", "B-Y"), data.test().get(1).tags());
        Part part = Task.of(data).test(TINY, 5);
        assertEquals(1, part.batches().truncation().texts());
        assertEquals(3, part.batches().truncation().tokens());
        Marked marked = marked(data, same, 5, 5);
        assertEquals("B-X O O O O O", marked.marks().get(1).prediction());
        assertEquals(1, marked.metrics().get(Metric.ENTITY_PRECISION));
        assertEquals(0.75, marked.metrics().get(Metric.ENTITY_RECALL));
    }

    @Test
    void theTaskAsksForTagsOfWords() {
        Dataset<EntityExample> data = data(List.of());
        Task task = Task.of(data);
        assertEquals(HeadKind.TOKENS, task.head());
        assertEquals(List.of("O", "B-X", "I-X", "B-Y", "I-Y"), task.labels());
        assertEquals(List.of(), task.classes());
        assertArrayEquals(new int[] {1, 3}, task.train(TINY, 30).batches().labels(0));
        Map<String, EntityMetrics.Counts> types =
                EntityMetrics.of(List.of(new Mark("a", "B-X O", "B-X B-Y", 0))).types();
        assertThrows(UnsupportedOperationException.class, types::clear);
        assertEquals(new EntityMetrics.Counts(0, 1, 0), types.get("Y"));
        assertTrue(types.get("X").f1() == 1);
    }
}
