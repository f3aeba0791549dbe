package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tunebook.core.TunebookException;
import tunebook.nd4j.Nd4jEngine;
import tunebook.stats.Metric;
import tunebook.support.Shown;
import tunebook.train.Ending;
import tunebook.train.Spent;

class ChosenMetricTest {
    /** Of ten examples nine are of class 0: "majority" is right in nine, "fair" in eight. */
    private static List<RunResult> rare() {
        List<RunResult> runs = new ArrayList<>();
        int[] truths = new int[40];
        for (int i = 0; i < 4; i++) truths[i] = 1;
        for (int seed = 1; seed <= 4; seed++) {
            runs.add(Runs.run("majority", seed, Ending.FINISHED, truths, new int[40]));
            int[] fair = truths.clone();
            for (int i = 10; i < 14 + seed; i++) fair[i] = 1;
            runs.add(Runs.run("fair", seed, Ending.FINISHED, truths, fair));
        }
        return runs;
    }

    private final Comparison accuracy = Comparison.of(rare(), Runs.CLASSES);

    @Test
    void anotherMetricTurnsTheOrderTheTableAndTheVerdict() {
        Comparison f1 = accuracy.by(Metric.MACRO_F1);
        assertEquals("majority", accuracy.best());
        assertEquals("fair", f1.best());
        assertEquals(Metric.MACRO_F1, f1.metric());
        assertEquals(Metric.ACCURACY, f1.ownMetric());
        assertEquals(List.of(Metric.MACRO_F1, Metric.ACCURACY), f1.metrics());
        assertEquals("macro-F1", f1.table().columnNames().get(2));
        assertTrue(f1.verdict().lines().get(0).startsWith("fair has the highest mean macro-F1: "));
        assertTrue(f1.verdict().toString().contains("fair beats majority by "), f1::toString);
        assertEquals(f1.metrics(), f1.by(Metric.ACCURACY).by(Metric.MACRO_F1).metrics());
    }

    @Test
    void theDifferenceIsThatOfTheMeansOverExamples() {
        Comparison f1 = accuracy.by(Metric.MACRO_F1);
        Pair pair = f1.pair("fair", "majority");
        double means = f1.summaries().get(1).score().mean() - f1.summaries().get(0).score().mean();
        assertEquals(means, pair.difference().mean(), 1e-12);
        assertEquals(40, pair.paired().examples());
        assertFalse(f1.verdict().toString().contains("over the seeds alone"));
    }

    @Test
    void whatNoAnswerSaysIsTestedOverTheSeedsAlone() {
        List<RunResult> runs = new ArrayList<>();
        double[][] areas = {{0.8, 0.82, 0.84}, {0.7, 0.76, 0.73}};
        for (int r = 0; r < 2; r++)
            for (int seed = 1; seed <= 3; seed++)
                runs.add(with(Runs.finished("r" + r, seed, 0.8, 30), areas[r][seed - 1]));
        Comparison auc = Comparison.of(runs, Runs.CLASSES).by(Metric.ROC_AUC);
        Pair pair = auc.pair("r0", "r1");
        // differences 0.10, 0.06, 0.11: mean 0.09, deviation √0.0007, t = 0.09 / √(0.0007 / 3)
        double t = 0.09 / Math.sqrt(0.0007 / 3);
        assertEquals(0.09, pair.difference().mean(), 1e-12);
        assertEquals(1 - t / Math.sqrt(2 + t * t), pair.p(), 1e-9, "Student's with two degrees");
        assertTrue(auc.pairTable().name().contains("; over the seeds alone;"));
        assertTrue(
                auc.verdict()
                        .toString()
                        .contains(
                                "What single examples add to ROC-AUC is not kept: the tests are"
                                        + " over the seeds alone"));
        assertEquals(
                List.of("paired t test (the verdict's)", "permutation of signs"),
                auc.tests("r0", "r1").stringColumn("test").asList());
        RunResult unmeasured = with(Runs.finished("r2", 1, 0.8, 30), Double.NaN);
        runs.add(unmeasured);
        Comparison some = Comparison.of(runs, Runs.CLASSES).by(Metric.ROC_AUC);
        assertEquals(0, some.pair("r0", "r2").difference().n());
        Comparison one =
                Comparison.of(List.of(runs.get(0), runs.get(3)), Runs.CLASSES).by(Metric.ROC_AUC);
        assertFalse(one.pair("r0", "r1").judged());
        assertTrue(one.verdict().toString().contains("one seed in common"));
    }

    private static RunResult with(RunResult run, double area) {
        Map<Metric, Double> metrics = new LinkedHashMap<>(run.metrics());
        metrics.put(Metric.ROC_AUC, area);
        return new RunResult(
                run.recipe(),
                run.seed(),
                run.key(),
                run.status(),
                run.marks(),
                metrics,
                run.trainable(),
                run.seconds(),
                run.peakBytes(),
                "",
                run.curve(),
                Spent.NOTHING,
                run.provenance());
    }

    @Test
    void aStudyTakesAMetricByNameAndRefusesOthersByNamingItsOwn() {
        Study study = Study.of("?", Nd4jEngine::new).data(Shown.data("a"));
        assertEquals(Metric.MACRO_F1, study.metric("Macro-F1").entrants().metric().orElseThrow());
        assertEquals(
                "metric(\"macro f1\"): is none of the metrics measured here. Mend: take one of"
                        + " \"accuracy\", \"macro-F1\", \"ROC-AUC\"",
                message(() -> study.metric("macro f1")));
        assertTrue(message(() -> study.metric("perplexity")).endsWith("\"ROC-AUC\""));
        Study early = Study.of("?", Nd4jEngine::new).metric("perplexity");
        assertEquals(Metric.PERPLEXITY, early.entrants().metric().orElseThrow(), "no data yet");
        assertEquals(
                "by(MAE): is none of the metrics measured here. Mend: take one of \"accuracy\","
                        + " \"macro-F1\"",
                message(() -> accuracy.by(Metric.MAE)));
    }

    private static String message(Executable call) {
        return assertThrows(TunebookException.class, call).getMessage();
    }
}
