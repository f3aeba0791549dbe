package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.TextTable;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FromScratch;
import tunebook.recipe.Full;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.study.Diagnosis.Sign;
import tunebook.support.Reviews;
import tunebook.train.CurvePoint;
import tunebook.train.Embedded;
import tunebook.train.Ending;
import tunebook.train.Spent;

/** What stands out, and what does not. */
class DiagnosesTest {
    @TempDir Path folder;

    private static RunResult curve(long seed, double[] train, double[] validation) {
        RunResult run = Runs.finished("full", seed, 0.8, 40);
        List<CurvePoint> points =
                IntStream.range(0, train.length)
                        .mapToObj(i -> new CurvePoint(10 * i, i + 1, train[i], validation[i], 0.8))
                        .toList();
        return new RunResult(
                run.recipe(),
                seed,
                run.key(),
                Ending.FINISHED,
                run.marks(),
                run.metrics(),
                run.trainable(),
                run.seconds(),
                run.peakBytes(),
                "",
                points,
                Spent.NOTHING,
                run.provenance());
    }

    private static List<RunResult> curves(double[] train, double[] validation) {
        return List.of(curve(1, train, validation), curve(2, train, validation));
    }

    @Test
    void aValidationLossThatTurnsIsOverfittingAndSaysWhere() {
        List<RunResult> runs =
                curves(new double[] {0.9, 0.5, 0.2, 0.05}, new double[] {0.8, 0.612, 0.65, 0.804});
        Diagnosis found = CurveSigns.overfitting("full", runs).orElseThrow();
        assertEquals(Sign.OVERFITTING, found.sign());
        assertEquals(
                "validation loss is lowest at epoch 2.0 (0.612) and 0.804 at the end, training"
                        + " loss 0.050, in 2 of 2 seeds",
                found.evidence());
        assertTrue(CurveSigns.underfitting("full", runs).isEmpty());
    }

    @Test
    void aCurveThatLevelsOffIsNeither() {
        List<RunResult> runs =
                curves(new double[] {0.9, 0.6, 0.5, 0.48}, new double[] {0.8, 0.61, 0.602, 0.600});
        assertEquals(Optional.empty(), CurveSigns.overfitting("full", runs));
        assertEquals(Optional.empty(), CurveSigns.underfitting("full", runs));
    }

    @Test
    void oneSeedOfThreeThatTurnsIsNotEnough() {
        double[] train = {0.9, 0.5, 0.2, 0.05};
        List<RunResult> runs = new ArrayList<>();
        runs.add(curve(1, train, new double[] {0.8, 0.6, 0.7, 0.9}));
        runs.add(curve(2, train, new double[] {0.8, 0.6, 0.6, 0.6}));
        runs.add(curve(3, train, new double[] {0.8, 0.6, 0.6, 0.61}));
        assertEquals(Optional.empty(), CurveSigns.overfitting("full", runs));
    }

    @Test
    void whatDoesNotMoveAndWhatIsCutShortIsUnderfitting() {
        double[] still = {0.70, 0.695, 0.694, 0.69};
        assertEquals(
                "training loss went from 0.700 to 0.690 only, in 2 of 2 seeds",
                CurveSigns.underfitting("full", curves(still, still)).orElseThrow().evidence());
        double[] falls = {1.4, 1.1, 0.9, 0.7};
        assertEquals(
                "validation loss was still falling when training ended, at 0.700, in 2 of 2 seeds",
                CurveSigns.underfitting("full", curves(falls, falls)).orElseThrow().evidence());
    }

    @Test
    void aSeedFarBelowTheOthersAndADivergedOneAreInstability() {
        List<RunResult> even = new ArrayList<>();
        for (int seed = 1; seed <= 4; seed++)
            even.add(Runs.run("full", seed, Ending.FINISHED, new int[20], wrong(20, 3)));
        assertEquals(Optional.empty(), SeedSigns.instability("full", Metric.ACCURACY, even));
        List<RunResult> far = new ArrayList<>(even);
        far.add(Runs.run("full", 5, Ending.FINISHED, new int[20], wrong(20, 9)));
        assertEquals(
                "seed 5: 55.0%, where the median of 5 seeds is 85.0% accuracy",
                SeedSigns.instability("full", Metric.ACCURACY, far).orElseThrow().evidence());
        List<RunResult> diverged = new ArrayList<>(even);
        diverged.add(Runs.silent("full", 5, Ending.DIVERGED));
        assertEquals(
                "1 of 5 runs diverged",
                SeedSigns.instability("full", Metric.ACCURACY, diverged).orElseThrow().evidence());
    }

    private static int[] wrong(int examples, int wrong) {
        return IntStream.range(0, examples).map(i -> i < wrong ? 1 : 0).toArray();
    }

    @Test
    void aClassThatIsNeverAnsweredHasCollapsedButARareOneMayBeMissed() {
        int[] labels = IntStream.range(0, 40).map(i -> i < 10 ? 1 : 0).toArray();
        RunResult never = Runs.run("full", 1, Ending.FINISHED, labels, new int[40]);
        RunResult right = Runs.run("full", 2, Ending.FINISHED, labels, labels);
        assertEquals(
                "\"good\" (10 of 40 test examples) is never answered in 1 of 2 seeds",
                AnswerSigns.collapse("full", Runs.CLASSES, List.of(never, right))
                        .orElseThrow()
                        .evidence());
        int[] rare = IntStream.range(0, 40).map(i -> i < 4 ? 1 : 0).toArray();
        assertEquals(
                Optional.empty(),
                AnswerSigns.collapse(
                        "full",
                        Runs.CLASSES,
                        List.of(Runs.run("full", 1, Ending.FINISHED, rare, new int[40]))));
    }

    private Study study(Dataset<?> data, Recipe... recipes) {
        return Study.of("what is wrong?", Nd4jEngine::new)
                .backbone(Embedded.read("tiny-english"))
                .data(data)
                .recipes(recipes)
                .seeds(2)
                .store(folder.resolve("runs.db"));
    }

    private static Set<Sign> of(Diagnoses found, String recipe) {
        return found.all().stream()
                .filter(d -> d.recipe().equals(recipe))
                .map(Diagnosis::sign)
                .collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void realRunsShowWhatTheyWereMadeToShow() {
        Result result =
                study(
                                Reviews.split(0.7, 0.15, 0.15).sample(40),
                                new Full().learningRate(1e-3).epochs(12).patience(0).named("long"),
                                new Full().learningRate(1e-9).epochs(3).named("slow"),
                                new FromScratch().learningRate(1e-9).epochs(3))
                        .limit(8)
                        .run();
        Diagnoses found = result.diagnoses();
        assertTrue(of(found, "long").contains(Sign.OVERFITTING), found::toString);
        assertTrue(of(found, "slow").contains(Sign.UNDERFITTING), found::toString);
        assertTrue(of(found, "").contains(Sign.TRUNCATION), found::toString);
        Table table = found.table();
        assertEquals("What stands out", table.name());
        assertEquals(found.all().size(), table.rowCount());
        for (Diagnosis one : found.all())
            assertFalse(one.evidence().isBlank() || one.mend().isBlank(), one::toString);
    }

    @Test
    void swappedLabelsAreAmongTheCandidates() throws Exception {
        Random random = new Random(5);
        String[][] words = {{"dreadful", "awful", "rude"}, {"lovely", "kind", "splendid"}};
        StringBuilder csv = new StringBuilder("text,label\n");
        for (int i = 0; i < 240; i++) {
            String said = words[i % 2][random.nextInt(3)];
            csv.append("the visit on day ").append(i).append(" was ").append(said);
            csv.append(',').append(i % 2 == 0 ? "bad" : "good").append('\n');
        }
        Path file = folder.resolve("visits.csv");
        Files.writeString(file, csv, StandardCharsets.UTF_8);
        Dataset<?> clean = TextTable.read(file).text("text").label("label").split(0.6, 0.1, 0.3);
        Set<String> swapped =
                clean.test().stream()
                        .limit(6)
                        .map(e -> e.content())
                        .collect(java.util.stream.Collectors.toSet());
        for (String text : swapped) {
            int at = csv.indexOf(text + ",") + text.length() + 1;
            int end = csv.indexOf("\n", at);
            csv.replace(at, end, csv.substring(at, end).equals("bad") ? "good" : "bad");
        }
        Files.writeString(file, csv, StandardCharsets.UTF_8);
        Dataset<?> noisy = TextTable.read(file).text("text").label("label").split(0.6, 0.1, 0.3);
        Table table =
                study(noisy, new Full().learningRate(5e-4).epochs(6))
                        .limit(24)
                        .run()
                        .labelNoise(50);
        Set<String> inTest =
                noisy.test().stream()
                        .map(e -> e.content())
                        .filter(swapped::contains)
                        .collect(java.util.stream.Collectors.toSet());
        Set<String> found =
                table.stream()
                        .map((Row row) -> row.getString("content"))
                        .collect(java.util.stream.Collectors.toSet());
        assertFalse(inTest.isEmpty());
        assertTrue(found.containsAll(inTest), table::print);
        assertTrue(found.size() <= inTest.size() + 2, table::print);
    }

    private static Result result(Study study, RunResult... runs) {
        return new Result(
                study,
                Comparison.of(List.of(runs), Runs.CLASSES),
                Runs.CALM,
                null,
                java.util.Map.of());
    }

    @Test
    void aNetworkFromRandomNumbersThatIsAsGoodOrBetterIsSaid() {
        Study study = study(Reviews.split(0.7, 0.15, 0.15), new Full(), new FromScratch());
        List<Sign> signs = new ArrayList<>();
        for (double[] right : new double[][] {{0.9, 0.6}, {0.75, 0.75}, {0.6, 0.9}}) {
            List<RunResult> runs = new ArrayList<>();
            for (int seed = 1; seed <= 5; seed++) {
                runs.add(Runs.finished("full", seed, right[0], 200));
                runs.add(Runs.finished("from scratch", seed, right[1], 200));
            }
            TransferSigns.of(result(study, runs.toArray(RunResult[]::new)))
                    .ifPresent(d -> signs.add(d.sign()));
        }
        assertEquals(List.of(Sign.NO_TRANSFER, Sign.NEGATIVE_TRANSFER), signs);
        assertEquals(
                Optional.empty(),
                TransferSigns.of(
                        result(
                                study,
                                Runs.finished("full", 1, 0.9, 200),
                                Runs.finished("from scratch", 1, 0.6, 200))),
                "one seed says nothing either way");
    }

    @Test
    void aLossFarAboveKnowingNothingIsARateTooHighAndNoUnderfitting() {
        Study study = study(Reviews.split(0.7, 0.15, 0.15), new Full());
        double[] validation = {26, 25, 24.08};
        List<RunResult> wild = curves(new double[] {30, 28, 27}, validation);
        Diagnosis found = RateSigns.tooHigh("full", Runs.CLASSES, wild).orElseThrow();
        assertEquals(Sign.INSTABILITY, found.sign());
        assertEquals(
                "lowest validation loss 24.080, where equal chances for all 2 classes cost 0.693,"
                        + " in 2 of 2 seeds",
                found.evidence());
        assertTrue(found.mend().startsWith("a lower learning rate"), found::mend);
        assertEquals(
                List.of(found),
                Diagnoses.of(result(study, wild.toArray(RunResult[]::new))).all(),
                "and no underfitting beside it");
        assertTrue(CurveSigns.underfitting("full", wild).isPresent(), "which its curve looks like");
        assertEquals(
                Optional.empty(),
                RateSigns.tooHigh("full", List.of(), wild),
                "a loss of no classes has no such bound");

        double[] fresh = {0.96, 0.95, 0.94};
        assertEquals(
                Set.of(Sign.UNDERFITTING),
                of(
                        Diagnoses.of(result(study, curves(fresh, fresh).toArray(RunResult[]::new))),
                        "full"),
                "what has hardly begun may be somewhat above");
    }

    @Test
    void runsNearGuessingDoubtNoLabel() {
        Study study = study(Reviews.split(0.7, 0.15, 0.15), new Full());
        Table guessing =
                LabelNoise.of(
                        result(
                                study,
                                Runs.finished("full", 1, 0.5, 40),
                                Runs.finished("full", 2, 0.55, 40)),
                        50);
        assertEquals(0, guessing.rowCount());
        assertTrue(
                guessing.name()
                        .endsWith(
                                "by 0 runs of 2: the others are no more than 75.0% right, too near"
                                        + " guessing to doubt a label"),
                guessing::name);
        RunResult good = Runs.finished("full", 1, 0.9, 40);
        Table some = LabelNoise.of(result(study, good, Runs.finished("full", 2, 0.5, 40)), 50);
        assertEquals(
                good.marks().stream().filter(m -> m.score() == 0).count(),
                some.rowCount(),
                "only the good one has a say");
        assertTrue(some.rowCount() > 0 && some.name().contains("by 1 run of 2: "), some::name);
    }

    @Test
    void labelsAreLookedAtInClassesAlone() {
        TunebookException none =
                assertThrows(
                        TunebookException.class,
                        () ->
                                LabelNoise.of(
                                        new Result(
                                                study(Reviews.split(0.7, 0.15, 0.15), new Full()),
                                                Comparison.of(
                                                        List.of(Runs.finished("full", 1, 0.8, 40)),
                                                        List.of()),
                                                Runs.CALM,
                                                null,
                                                java.util.Map.of()),
                                        5));
        assertTrue(none.getMessage().contains("has none"), none::toString);
    }
}
