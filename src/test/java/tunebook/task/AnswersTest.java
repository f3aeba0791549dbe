package tunebook.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.data.Batches;
import tunebook.data.QuestionExample;
import tunebook.data.QuestionExample.Accepted;
import tunebook.data.Window;
import tunebook.data.Window.Stretch;
import tunebook.data.Windows;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Full;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.stats.AnswerMatch;
import tunebook.stats.Metric;
import tunebook.support.Questions;
import tunebook.support.Tiny;

/** Answers out of scores, and what they are worth, against the definitions written out. */
class AnswersTest {
    @TempDir Path folder;

    private static final Backbone TINY = Tiny.backbone(0);
    private static final List<String> WORDS =
            List.of("nurse", "kind", "room", "the", "was", "loud", "badly", "cold", "a");

    private static String text(Random random, int words) {
        return IntStream.range(0, words)
                .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())))
                .collect(Collectors.joining(" "));
    }

    private static List<QuestionExample> questions(int count) {
        Random random = new Random(8);
        return IntStream.range(0, count)
                .mapToObj(
                        i -> {
                            String passage = text(random, 4 + random.nextInt(i % 2 == 0 ? 8 : 60));
                            int end = passage.indexOf(' ', random.nextInt(passage.length() / 2));
                            int from = passage.lastIndexOf(' ', end - 1) + 1;
                            return new QuestionExample(
                                    "q" + i,
                                    text(random, 2),
                                    passage,
                                    List.of(
                                            new Accepted(passage.substring(from, end), from, end),
                                            new Accepted(passage.substring(0, end), 0, end)));
                        })
                .toList();
    }

    private static Spans spans(double[] starts, double[] ends) {
        Stretch stretch = new Stretch(1, 5, new int[starts.length], new int[starts.length]);
        return new Spans(new Window(0, new int[0], new int[0], stretch, null), starts, ends);
    }

    @Test
    void anEndNeverStandsBeforeItsBegin() {
        Spans spans = spans(new double[] {0, 0, 5}, new double[] {9, 1, 0});
        assertEquals(new Spans.Span(0, 0, 9), spans.best());
        spans = spans(new double[] {0, 0, 9}, new double[] {8, 1, 0});
        assertEquals(new Spans.Span(2, 2, 9), spans.best());
    }

    @Test
    void anAnswerHasAtMostThirtyTokens() {
        double[] starts = new double[40];
        double[] ends = new double[40];
        starts[2] = 10;
        ends[31] = 5;
        ends[32] = 7;
        assertEquals(new Spans.Span(2, 31, 15), spans(starts, ends).best());
    }

    @Test
    void withoutNumbersTheFirstTokenIsTheAnswer() {
        double[] none = {Double.NaN, Double.NaN};
        assertEquals(0, spans(none, none).best().first());
        assertEquals(0, spans(none, none).best().last());
    }

    @Test
    void sharesAddUpToTheSumOverAllSpans() {
        Random random = new Random(1);
        double[] starts = random.doubles(35, -3, 3).toArray();
        double[] ends = random.doubles(35, -3, 3).toArray();
        Spans spans = spans(starts, ends);
        double sum = 0;
        Spans.Span best = null;
        for (int i = 0; i < 35; i++) {
            for (int j = 0; j < 35; j++) {
                if (j < i || j - i + 1 > 30) continue;
                double score = starts[i] + ends[j];
                assertEquals(Math.exp(score - 2), spans.share(5 + i, 5 + j, 2), 1e-12);
                sum += Math.exp(score - 2);
                if (best == null || score > best.score()) best = new Spans.Span(i, j, score);
            }
        }
        assertEquals(sum, spans.sum(2), 1e-9);
        assertEquals(best, spans.best());
        assertEquals(0, spans.share(4, 6, 0));
        assertEquals(0, spans.share(6, 40, 0));
    }

    /** Logits that are a hash of where a window stands: marks are then worked out one by one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void theBestSpanOverAllWindowsIsMarked(int virtual) {
        List<QuestionExample> questions = questions(12);
        Windows windows = Windows.of(questions, TINY.tokenizer(), 24);
        AnswerMarking marking = new AnswerMarking(windows);
        Random random = new Random(virtual);
        double[][][] scores = new double[windows.size()][2][];
        for (int w = 0; w < windows.size(); w++)
            for (int side = 0; side < 2; side++)
                scores[w][side] = random.doubles(windows.get(w).length(), -4, 4).toArray();
        int several = 0;
        for (int[] which : windows.batches().inOrder(5)) {
            Batch batch = windows.batches().batch(which).prefix(virtual);
            double[] logits = new double[2 * batch.sequences().rows()];
            for (int i = 0; i < which.length; i++) {
                int from = batch.sequences().start(i);
                for (int v = 0; v < virtual; v++)
                    logits[2 * (from + v)] = logits[2 * (from + v) + 1] = 99;
                for (int r = 0; r < windows.get(which[i]).length(); r++)
                    for (int side = 0; side < 2; side++)
                        logits[2 * (from + virtual + r) + side] = scores[which[i]][side][r];
            }
            marking.add(which, batch, Tensor.of(logits, batch.sequences().rows(), 2));
        }
        Marked marked = marking.marked();
        double loss = 0;
        double exact = 0;
        double f1 = 0;
        for (int q = 0; q < questions.size(); q++) {
            QuestionExample question = questions.get(q);
            double best = Double.NEGATIVE_INFINITY;
            String text = null;
            int own = 0;
            for (int w = 0; w < windows.size(); w++) {
                Window window = windows.get(w);
                if (window.question() != q) continue;
                own++;
                Stretch stretch = window.stretch();
                for (int i = 0; i < stretch.from().length; i++) {
                    for (int j = i; j < stretch.from().length && j < i + 30; j++) {
                        double score =
                                scores[w][0][stretch.row() + i] + scores[w][1][stretch.row() + j];
                        if (score <= best) continue;
                        best = score;
                        text = question.passage().substring(stretch.from()[i], stretch.end()[j]);
                    }
                }
                if (window.target() == null) continue;
                loss -= Math.log(Softmax.of(scores[w][0])[window.target().begins()]) / 24;
                loss -= Math.log(Softmax.of(scores[w][1])[window.target().ends()]) / 24;
            }
            if (own > 1) several++;
            List<String> accepted = question.answers().stream().map(Accepted::text).toList();
            assertEquals(question.id(), marked.marks().get(q).id());
            assertEquals(text, marked.marks().get(q).prediction());
            assertEquals(AnswerMatch.f1(text, accepted), marked.marks().get(q).score(), 1e-12);
            f1 += AnswerMatch.f1(text, accepted) / 12;
            exact += AnswerMatch.exact(text, accepted) / 12;
        }
        assertTrue(several >= 4, several + " questions with several windows");
        assertEquals(
                List.of(Metric.ANSWER_F1, Metric.EXACT_MATCH),
                List.copyOf(marked.metrics().keySet()));
        assertEquals(f1, marked.score(), 1e-12);
        assertEquals(exact, marked.metrics().get(Metric.EXACT_MATCH), 1e-12);
        assertEquals(loss, marked.loss(), 1e-9);
    }

    @Test
    void aMarkNamesEveryAcceptedAnswerOnce() {
        QuestionExample question =
                new QuestionExample(
                        "q",
                        "who",
                        "the nurse the nurse",
                        List.of(
                                new Accepted("nurse", 4, 9),
                                new Accepted("nurse", 14, 19),
                                new Accepted("the nurse", 0, 9)));
        Windows windows = Windows.of(List.of(question), TINY.tokenizer(), 30);
        AnswerMarking marking = new AnswerMarking(windows);
        Batch batch = windows.batches().batch(0);
        int rows = batch.sequences().rows();
        marking.add(new int[] {0}, batch, Tensor.of(new float[2 * rows], rows, 2));
        assertEquals("nurse | the nurse", marking.marked().marks().get(0).truth());
    }

    static List<Recipe> recipes() {
        return List.of(new Full(), new PromptTuning(2), new PrefixTuning(2));
    }

    /** What choosing goes by is what training goes by. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theLossIsThatOfTraining(boolean decoder) {
        Backbone backbone = decoder ? Tiny.decoder(0) : TINY;
        List<QuestionExample> questions = questions(8);
        Windows asked = Windows.of(questions, backbone.tokenizer(), 24).asked();
        Windows all = Windows.of(questions, backbone.tokenizer(), 24);
        assertTrue(all.size() > asked.size());
        Engine engine = new Nd4jEngine(1);
        for (Recipe recipe : recipes()) {
            Tuning tuning = Tuning.of(recipe, backbone, HeadKind.SPANS.of(backbone.model(), 0), 3);
            try (Engine.Held held = engine.hold(backbone.weights(), Precision.DOUBLE);
                    Session session = engine.open(held, tuning.constants(), tuning.learning(), 0)) {
                Batch batch = tuning.plan().batch(asked.batches().batch(0, 1, 2, 3, 4, 5, 6, 7));
                double loss = session.evaluate(tuning.programs(0).loss(), batch).get(0);
                AnswerMarking marking = new AnswerMarking(all);
                Batches batches = all.batches();
                for (int[] which : batches.inOrder(4)) {
                    Batch some = tuning.plan().batch(batches.batch(which));
                    marking.add(which, some, session.evaluate(tuning.programs(0).logits(), some));
                }
                assertEquals(loss, marking.marked().loss(), 1e-9, recipe.name());
            }
        }
    }

    @Test
    void trainingHasAnExampleAQuestionAndTestingOneAWindow() {
        List<QuestionExample> all = questions(27);
        List<QuestionExample> tested = all.subList(18, 27);
        Task task = Task.of(Questions.parts(folder, all.subList(0, 9), all.subList(9, 18), tested));
        assertEquals(9, task.train(TINY, 24).batches().size());
        int windows = Windows.of(tested, TINY.tokenizer(), 24).size();
        assertEquals(windows, task.test(TINY, 24).batches().size());
        assertTrue(windows > 12, windows + " windows");
        assertTrue(task.validation(TINY, 24).batches().size() > 12);
        assertEquals(HeadKind.SPANS, task.head());
        assertEquals(List.of(Metric.ANSWER_F1, Metric.EXACT_MATCH), task.metrics());
        assertEquals(List.of(), task.labels());
        assertEquals(List.of(), task.classes());
    }
}
