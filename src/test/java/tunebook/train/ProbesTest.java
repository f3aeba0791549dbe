package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import tunebook.Tunebook;
import tunebook.core.Decorator;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.Batches;
import tunebook.model.Backbone;
import tunebook.model.Programs;
import tunebook.nd4j.Nd4jEngine;
import tunebook.support.Tiny;
import tunebook.task.Task;
import tunebook.train.Probes.Guess;

/** What is asked of a backbone before anybody tunes it. */
class ProbesTest {
    private static final Backbone ENGLISH = Embedded.read("tiny-english");

    private interface Question<R> {
        R of(Probes probes);
    }

    private static <R> R ask(Backbone backbone, Question<R> question) {
        try (Probes probes = new Probes(new Nd4jEngine(1), backbone)) {
            return question.of(probes);
        }
    }

    @Test
    void tokensAtAMaskHaveProbabilitiesTheMostProbableFirst() {
        int all = ENGLISH.tokenizer().vocabulary();
        List<Guess> guesses = ask(ENGLISH, p -> p.masked("She put the money in the [MASK].", all));
        Set<String> tokens = new HashSet<>();
        double sum = 0;
        for (int i = 0; i < guesses.size(); i++) {
            assertTrue(tokens.add(guesses.get(i).token()));
            assertTrue(i == 0 || guesses.get(i - 1).value() >= guesses.get(i).value());
            sum += guesses.get(i).value();
        }
        assertEquals(all, guesses.size());
        assertEquals(1, sum, 1e-6);
        // it has learned where nouns stand
        List<String> first = guesses.stream().limit(40).map(Guess::token).toList();
        assertTrue(first.contains("house") || first.contains("room"), first.toString());
        assertTrue(!first.contains("the") && !first.contains("went"), first.toString());
    }

    @Test
    void neighboursAreMutualAndOfTheSameKind() {
        List<Guess> of = ask(ENGLISH, p -> p.nearest("monday", 7999));
        assertTrue(of.stream().noneMatch(g -> g.token().equals("monday")), "itself");
        for (Guess guess : of) assertTrue(guess.value() <= 1 + 1e-6 && guess.value() >= -1 - 1e-6);
        List<Guess> back = ask(ENGLISH, p -> p.nearest(of.get(0).token(), 7999));
        assertEquals(
                of.get(0).value(),
                back.stream().filter(g -> g.token().equals("monday")).findFirst().get().value(),
                1e-6);
        Set<String> near = new HashSet<>(of.stream().limit(40).map(Guess::token).toList());
        near.retainAll(Set.of("tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"));
        assertTrue(near.size() >= 2, "days near monday: " + near);
    }

    @Test
    void whatCannotBeAskedIsSaid() {
        assertSays(
                "fillMask(\"No gap.\"): has no [MASK]. Mend: write it in place of a word",
                () -> ask(ENGLISH, p -> p.masked("No gap.", 3)));
        TunebookException pieces =
                assertThrows(
                        TunebookException.class,
                        () -> ask(ENGLISH, p -> p.nearest("antidisestablishment", 3)));
        assertTrue(pieces.what().contains("tokens to tiny-english"), pieces.what());
        TunebookException decoder =
                assertThrows(
                        TunebookException.class,
                        () -> ask(Tiny.decoder(0), p -> p.masked("The [MASK]", 3)));
        assertTrue(decoder.what().endsWith("has not learned to predict masked words"));
    }

    private static void assertSays(String words, org.junit.jupiter.api.function.Executable call) {
        assertEquals(words, assertThrows(TunebookException.class, call).getMessage());
    }

    @Test
    void separationIsTheShareNearestToItsOwnClass() {
        Backbone tiny = Tiny.backbone(0);
        Batches train = Task.of(Tiny.data(24, 24)).train(tiny, 32).batches();
        Batches test = Task.of(Tiny.data(24, 24)).test(tiny, 32).batches();
        double share = ask(tiny, p -> p.separation(train, test));
        assertEquals(expected(tiny, train, test), share, 1e-9);
    }

    /** One by one, by plain loops. */
    private static double expected(Backbone backbone, Batches train, Batches test) {
        int width = backbone.model().width();
        double[][] sums = new double[2][width];
        int[] counts = new int[2];
        for (int i = 0; i < train.size(); i++) {
            double[] mean = mean(backbone, train, i);
            for (int j = 0; j < width; j++) sums[train.labels(i)[0]][j] += mean[j];
            counts[train.labels(i)[0]]++;
        }
        int right = 0;
        for (int i = 0; i < test.size(); i++) {
            double[] mean = mean(backbone, test, i);
            double[] squares = new double[2];
            for (int c = 0; c < 2; c++)
                for (int j = 0; j < width; j++)
                    squares[c] += Math.pow(mean[j] - sums[c][j] / counts[c], 2);
            if ((squares[0] < squares[1] ? 0 : 1) == test.labels(i)[0]) right++;
        }
        return right / (double) test.size();
    }

    private static double[] mean(Backbone backbone, Batches examples, int i) {
        Engine engine = new Nd4jEngine(1);
        Programs programs = new Programs(backbone.model(), null, Decorator.NONE, 0);
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Session session = engine.open(held, Weights.none(), 0)) {
            float[] rows = session.evaluate(programs.hidden(), examples.batch(i)).floats();
            double[] mean = new double[backbone.model().width()];
            for (int k = 0; k < rows.length; k++)
                mean[k % mean.length] += (double) rows[k] * mean.length / rows.length;
            return mean;
        }
    }

    @Test
    void tablesShowThem() {
        Table masked = Tunebook.fillMask(ENGLISH, "He sat down and [MASK] a letter.");
        assertEquals(List.of("token", "probability"), masked.columnNames());
        assertEquals(8, masked.rowCount());
        assertTrue(masked.column(1).getString(0).endsWith("%"));
        Table near = Tunebook.nearestWords(ENGLISH, "doctor");
        assertEquals("Nearest to doctor", near.name());
        assertEquals(8, near.rowCount());
    }
}
