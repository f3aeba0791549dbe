package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.study.Pair.Verdict;
import tunebook.train.Ending;
import tunebook.train.Spent;

class ComparisonTest {
    private static final List<String> CLASSES = List.of("bad", "good");

    private static List<RunResult> three() {
        List<RunResult> runs = new ArrayList<>();
        for (int seed = 1; seed <= 5; seed++) {
            runs.add(Runs.finished("weak", seed, 0.6, 200));
            runs.add(Runs.finished("strong", seed, 0.9, 200));
            runs.add(Runs.finished("strong too", seed, 0.91, 200));
        }
        return runs;
    }

    @Test
    void recipesKeepTheirOrderAndMeansAreOverSeeds() {
        Comparison comparison = Comparison.of(three(), CLASSES);
        assertEquals(
                List.of("weak", "strong", "strong too"),
                comparison.summaries().stream().map(Summary::recipe).toList());
        Summary weak = comparison.summaries().get(0);
        double mean =
                three().stream()
                        .filter(r -> r.recipe().equals("weak"))
                        .mapToDouble(RunResult::score)
                        .average()
                        .orElseThrow();
        assertEquals(mean, weak.score().mean(), 1e-15);
        assertEquals(5, weak.seeds());
        assertEquals(1.5 + 3, weak.seconds(), 1e-12);
        assertEquals(105L << 20, weak.peakBytes());
        assertEquals(0, weak.diverged());
    }

    @Test
    void aClearDifferenceIsSeparableAndASmallOneIsNot() {
        Comparison comparison = Comparison.of(three(), CLASSES);
        Pair clear = comparison.pair("weak", "strong");
        assertEquals(Verdict.WORSE, clear.verdict());
        assertEquals(Verdict.BETTER, comparison.pair("strong", "weak").verdict());
        assertEquals(Verdict.NOT_SEPARABLE, comparison.pair("strong", "strong too").verdict());
        assertTrue(clear.adjustedP() >= clear.p() && clear.adjustedP() < 0.05);
        assertTrue(clear.difference().high() < 0);
        assertEquals(3, comparison.pairs().size());
    }

    @Test
    void theVerdictSaysWhoBeatsWhomAndWhatIsNotSeparable() {
        String words = Comparison.of(three(), CLASSES).verdict().toString();
        assertTrue(
                words.matches(
                        "(?s)strong( too)? has the highest mean accuracy: \\d\\d\\.\\d%"
                                + " \\[\\d\\d\\.\\d%, \\d\\d\\.\\d%\\] over 5 seeds, on these 200 test"
                                + " examples\\..*"),
                words);
        assertTrue(
                words.matches(
                        "(?s).*strong beats weak by \\d\\d\\.\\d points"
                                + " \\[\\d+\\.\\d, \\d+\\.\\d\\], p < 0\\.001\\..*"),
                words);
        assertTrue(words.contains(" are not separable ("), words);
        assertTrue(
                words.endsWith(
                        "p values are corrected for 3 pairs (Holm) and decide; brackets are 95%"
                                + " intervals of each difference alone, uncorrected."),
                words);
    }

    @Test
    void divergedRunsAreCountedNeverDropped() {
        List<RunResult> runs = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            runs.add(Runs.finished("steady", seed, 0.9, 100));
            RunResult wild = Runs.finished("wild", seed, 0.5, 100);
            runs.add(
                    seed == 1
                            ? Runs.silent("wild", 1, Ending.DIVERGED)
                            : Runs.ended(wild, seed == 2 ? Ending.DIVERGED : Ending.FINISHED));
        }
        Comparison comparison = Comparison.of(runs, CLASSES);
        Summary wild = comparison.summaries().get(1);
        assertEquals(3, wild.seeds());
        assertEquals(2, wild.diverged());
        assertEquals(2, wild.score().n());
        assertEquals(2, comparison.pair("steady", "wild").difference().n());
        String words = comparison.verdict().toString();
        assertTrue(
                words.contains(
                        "wild: 2 of 3 runs diverged; 1 predicted nothing and are missing from"
                                + " its figures."),
                words);
        assertEquals(2, comparison.table().intColumn("diverged").get(1));
    }

    @Test
    void aRecipeThatAlwaysDivergedHasNoFiguresButALine() {
        Comparison comparison =
                Comparison.of(
                        List.of(
                                Runs.finished("a", 1, 0.8, 50),
                                Runs.finished("a", 2, 0.8, 50),
                                Runs.finished("b", 1, 0.7, 50),
                                Runs.finished("b", 2, 0.7, 50),
                                Runs.silent("c", 1, Ending.DIVERGED),
                                Runs.finished("d", 1, 0.7, 50)),
                        CLASSES);
        Pair none = comparison.pair("a", "c");
        assertEquals(Verdict.NOT_SEPARABLE, none.verdict());
        assertTrue(Double.isNaN(none.p()));
        Pair ab = comparison.pair("a", "b");
        assertEquals(ab.p(), ab.adjustedP(), "a pair that cannot be judged is no question asked");
        assertEquals(Pair.LEVEL, ab.level());
        assertEquals(
                "not separable: no seed in common",
                comparison.pairTable().column("a against b").getString(1));
        assertEquals("–", comparison.table().column("accuracy").getString(2));
        String words = comparison.verdict().toString();
        assertTrue(words.contains("c: 1 of 1 run diverged"), words);
        assertFalse(words.contains("corrected for"), words);
    }

    @Test
    void onlyPairsThatCanBeJudgedAreCountedInTheCorrection() {
        List<RunResult> runs = three();
        runs.add(Runs.silent("never", 1, Ending.DIVERGED));
        runs.add(Runs.finished("once", 1, 0.3, 200));
        Comparison comparison = Comparison.of(runs, CLASSES);
        assertEquals(10, comparison.pairs().size());
        String words = comparison.verdict().toString();
        assertTrue(words.contains("p values are corrected for 3 pairs (Holm)"), words);
        assertEquals(
                Comparison.of(three(), CLASSES).pair("weak", "strong").adjustedP(),
                comparison.pair("weak", "strong").adjustedP());
    }

    @Test
    void oneSeedTellsNothingHoweverFarTheTwoAreApart() {
        Comparison comparison =
                Comparison.of(
                        List.of(
                                Runs.finished("good", 1, 0.95, 400),
                                Runs.finished("bad", 1, 0.2, 400)),
                        CLASSES);
        Pair pair = comparison.pair("good", "bad");
        assertTrue(pair.p() < 1e-9, "on the examples alone they are far apart");
        assertEquals(Verdict.NOT_SEPARABLE, pair.verdict());
        assertTrue(Double.isNaN(pair.adjustedP()) && Double.isNaN(pair.level()));
        assertTrue(
                comparison
                        .verdict()
                        .lines()
                        .get(1)
                        .matches(
                                "good and bad are not separable \\(\\d\\d\\.\\d points\\): one seed in"
                                        + " common tells nothing of the chance between runs; take 3 or"
                                        + " more\\."),
                comparison.verdict()::toString);
        Table pairs = comparison.pairTable();
        assertEquals("not separable: one seed in common", pairs.column("a against b").getString(0));
        assertEquals("–", pairs.column("seeds to separate").getString(0));
        assertEquals("–", pairs.column("p adjusted").getString(0));
        Table matrix = Matrix.of(comparison).table();
        assertTrue(matrix.column("vs bad").getString(0).startsWith("? +"), matrix::print);
        assertTrue(matrix.name().endsWith("tell nothing of the chance between runs"), matrix::name);
    }

    /** 55 pairs, most of them of equals: their corrected p is 1, and says nothing of the level. */
    @Test
    void theSeedsItTakesAreThoseOfTheLevelThatTheCorrectionLeaves() {
        List<RunResult> runs = new ArrayList<>();
        for (int recipe = 0; recipe < 11; recipe++)
            for (int seed = 1; seed <= 3; seed++)
                runs.add(Runs.finished("r" + recipe, seed, 0.7 + 0.01 * recipe, 300));
        List<Pair> pairs = Comparison.of(runs, CLASSES).pairs();
        assertEquals(55, pairs.size());
        int capped = 0;
        for (Pair pair : pairs) {
            long smaller = pairs.stream().filter(other -> other.p() < pair.p()).count();
            long alike = pairs.stream().filter(other -> other.p() == pair.p()).count();
            if (alike > 1) continue;
            assertEquals(0.05 / (55 - smaller), pair.level(), 1e-15);
            int needed = pair.paired().outlook().seedsToSeparate(pair.level());
            assertEquals(needed, pair.seedsToSeparate());
            int uncorrected = pair.paired().outlook().seedsToSeparate(0.05);
            if (pair.adjustedP() == 1 && needed > uncorrected) capped++;
        }
        assertTrue(capped > 5, capped + " pairs whose corrected p is 1 need more seeds for that");
    }

    @Test
    void whatDoesNotVaryOverSeedsHasNoInterval() {
        List<RunResult> runs = new ArrayList<>();
        int[] labels = IntStream.range(0, 40).map(i -> i % 2).toArray();
        for (int seed = 1; seed <= 3; seed++) {
            runs.add(Runs.run("majority class", seed, Ending.FINISHED, labels, new int[40]));
            runs.add(Runs.finished("weak", seed, 0.1, 40));
        }
        Comparison comparison = Comparison.of(runs, CLASSES);
        Table table = comparison.table();
        assertEquals("50.0%", table.column("accuracy").getString(0));
        assertEquals("–", table.column("accuracy 95%").getString(0));
        assertTrue(table.column("accuracy 95%").getString(1).startsWith("["), table::print);
        assertEquals(
                "majority class has the highest mean accuracy: 50.0% over 3 seeds, on these 40 test"
                        + " examples.",
                comparison.verdict().lines().get(0));
        assertTrue(
                comparison.json(1, 1).contains("{\"mean\": 0.5, \"low\": null, \"high\": null}"));
    }

    @Test
    void zeroHasNoMinus() {
        for (String pattern : List.of("0.00", "0.0%", "+0.0%;-0.0%"))
            assertFalse(Figures.format(pattern).format(-1e-6).contains("-"), pattern);
        assertEquals("-0.01", Figures.format("0.00").format(-0.009));
        assertEquals("-1.0%", Figures.format("+0.0%;-0.0%").format(-0.01));
        assertEquals("0.0", Figures.difference(Metric.ACCURACY, -1e-6));
    }

    @Test
    void interruptedRunsAreLeftOutAndSaidToBe() {
        List<RunResult> runs = three();
        runs.set(0, Runs.silent("weak", 1, Ending.INTERRUPTED));
        Comparison comparison = Comparison.of(runs, CLASSES);
        assertEquals(4, comparison.summaries().get(0).seeds());
        assertEquals(4, comparison.pair("weak", "strong").difference().n());
        String words = comparison.verdict().toString();
        assertTrue(words.contains("1 interrupted run left out"), words);
        assertTrue(words.contains("weak has 4 ended runs of 5"), words);
    }

    @Test
    void onlyInterruptedRunsHaveNoBest() {
        Comparison comparison =
                Comparison.of(List.of(Runs.silent("a", 1, Ending.INTERRUPTED)), CLASSES);
        var error = assertThrows(TunebookException.class, comparison::best);
        assertEquals("no run came as far as predicting the test examples", error.what());
        assertTrue(comparison.verdict().toString().startsWith("No run came as far"));
    }

    @Test
    void tablesHaveTheirColumnsAndPrintPerCent() {
        Comparison comparison = Comparison.of(three(), CLASSES);
        Table table = comparison.table();
        assertEquals(
                List.of(
                        "recipe",
                        "seeds",
                        "accuracy",
                        "accuracy 95%",
                        "macro-F1",
                        "macro-F1 95%",
                        "trainable",
                        "seconds",
                        "peak MiB",
                        "diverged",
                        "device"),
                table.columnNames());
        assertTrue(table.column("accuracy").getString(1).matches("\\d\\d\\.\\d%"));
        assertEquals("1,004", table.column("trainable").getString(0));
        Table pairs = comparison.pairTable();
        assertEquals(
                List.of("worse", "worse", "not separable"), pairs.column("a against b").asList());
        assertEquals("–", pairs.column("seeds to separate").getString(0));
        assertTrue(pairs.column("seeds to separate").getString(2).matches("\\d+|none"));
        assertEquals(
                "Recipes in pairs, on CPU, 1 thread; each difference's own 95%, uncorrected; effect"
                        + " is Hedges' g over the seeds' differences",
                pairs.name());
        assertEquals(
                "Recipes compared on 200 test examples; 95% intervals over the seeds alone",
                table.name());
        assertEquals("CPU, 1 thread", table.column("device").getString(2));
    }

    @Test
    void theMatrixHasEachAgainstEach() {
        Comparison comparison = Comparison.of(three(), CLASSES);
        Table matrix = Matrix.of(comparison).table();
        List<String> names = matrix.stringColumn("recipe").asList();
        assertEquals(comparison.best(), names.get(0), "the best mean first");
        for (String row : names) {
            int at = names.indexOf(row);
            assertEquals(
                    2,
                    matrix.intColumn("wins").get(at)
                            + matrix.intColumn("ties").get(at)
                            + matrix.intColumn("losses").get(at));
            for (String column : names) {
                String cell = matrix.stringColumn("vs " + column).get(at);
                if (row.equals(column)) {
                    assertEquals("", cell);
                    continue;
                }
                Pair pair = comparison.pair(row, column);
                String word =
                        pair.separable()
                                ? pair.verdict().name().toLowerCase(java.util.Locale.ROOT)
                                : "=";
                assertTrue(cell.startsWith(word + " "), cell);
                assertTrue(
                        cell.contains(pair.difference().mean() > 0 ? "+" : "-")
                                || cell.endsWith(" 0.0"),
                        cell);
            }
        }
    }

    @Test
    void theUsualTestsStandBesideTheVerdicts() {
        Comparison comparison = Comparison.of(three(), CLASSES);
        String a = comparison.summaries().get(0).recipe();
        String b = comparison.summaries().get(1).recipe();
        Table tests = comparison.tests(a, b);
        assertEquals(
                List.of(
                        "analysis of variance (the verdict's)",
                        "paired t test",
                        "permutation of signs",
                        "permutation of signs",
                        "paired bootstrap",
                        "McNemar's, first seed"),
                tests.stringColumn("test").asList());
        assertEquals(comparison.pair(a, b).p(), tests.doubleColumn("p").get(0));
        // of five seeds that all say the same, two of 32 choices of signs are as far from zero
        assertEquals(2 / 32.0, tests.doubleColumn("p").get(2), 1e-15);
        for (int row : new int[] {0, 1, 3, 5})
            assertTrue(tests.doubleColumn("p").get(row) < 0.05, "row " + row);
        assertTrue(tests.stringColumn("takes for granted").get(0).startsWith("this split; "));
        for (String granted : tests.stringColumn("takes for granted"))
            assertTrue(granted.contains("; "), granted);
        assertThrows(TunebookException.class, () -> comparison.tests(a, "none"));
    }

    @Test
    void theConfusionMatrixCountsEverySeed() {
        Table confusion = Comparison.of(three(), CLASSES).confusion("weak").table();
        double all = 0;
        for (String column : List.of("→ bad", "→ good")) all += confusion.intColumn(column).sum();
        assertEquals(5 * 200, all);
        double right = confusion.intColumn("→ bad").get(0) + confusion.intColumn("→ good").get(1);
        Summary weak = Comparison.of(three(), CLASSES).summaries().get(0);
        assertEquals(weak.score().mean(), right / all, 1e-12);
        var error =
                assertThrows(
                        TunebookException.class,
                        () -> Comparison.of(three(), CLASSES).confusion("wek"));
        assertEquals("nearest is \"weak\"", error.mend());
    }

    @Test
    void jsonHasExactlyTheAgreedFormAndNoBareNaN() {
        List<RunResult> runs = three();
        runs.add(Runs.silent("\"</script>\n\u2028", 1, Ending.DIVERGED));
        runs.add(Runs.finished("once", 1, 0.7, 200));
        String json = Comparison.of(runs, CLASSES).json(12.5, Double.NaN);
        assertFalse(json.contains("NaN") || json.contains("Infinity") || json.contains("<"), json);
        JsonObject root = JsonParser.parseString(json).getAsJsonObject();
        assertEquals(
                Set.of("seconds", "peakMemoryMiB", "metric", "recipes", "pairs"), root.keySet());
        assertTrue(root.get("peakMemoryMiB").isJsonNull());
        JsonObject recipe = root.getAsJsonArray("recipes").get(3).getAsJsonObject();
        assertEquals("\"</script>\n\u2028", recipe.get("name").getAsString());
        assertEquals(
                Set.of("name", "seeds", "metrics", "trainable", "seconds", "device"),
                recipe.keySet());
        JsonObject metrics = recipe.getAsJsonObject("metrics");
        assertEquals(List.of("accuracy", "macro-F1"), List.copyOf(metrics.keySet()));
        assertTrue(metrics.getAsJsonObject("accuracy").get("mean").isJsonNull());
        JsonObject pair = root.getAsJsonArray("pairs").get(0).getAsJsonObject();
        assertEquals(
                Set.of("a", "b", "difference", "p", "rawP", "effect", "verdict"), pair.keySet());
        Pair first = Comparison.of(runs, CLASSES).pairs().get(0);
        assertEquals(first.p(), pair.get("rawP").getAsDouble());
        assertEquals(first.adjustedP(), pair.get("p").getAsDouble());
        assertEquals(Set.of("mean", "low", "high"), pair.getAsJsonObject("difference").keySet());
        assertEquals("worse", pair.get("verdict").getAsString());
    }

    @Test
    void runsOnOtherExamplesAreRefused() {
        List<RunResult> runs =
                List.of(Runs.finished("a", 1, 0.8, 50), Runs.finished("b", 1, 0.8, 40));
        var error = assertThrows(TunebookException.class, () -> Comparison.of(runs, CLASSES));
        assertEquals("run b seed 1", error.where());
        assertEquals("was tested on other examples than a", error.what());
    }

    @Test
    void twoRunsOfOneRecipeAndSeedAreRefused() {
        RunResult run = Runs.finished("a", 1, 0.8, 50);
        var error =
                assertThrows(
                        TunebookException.class, () -> Comparison.of(List.of(run, run), CLASSES));
        assertEquals("is there twice", error.what());
        assertEquals(
                "there is no run to compare",
                assertThrows(TunebookException.class, () -> Comparison.of(List.of(), CLASSES))
                        .what());
    }

    @Test
    void aClassWithoutNameIsRefused() {
        var error =
                assertThrows(
                        TunebookException.class,
                        () ->
                                Comparison.of(
                                        List.of(Runs.finished("a", 1, 0.8, 50)), List.of("bad")));
        assertTrue(error.what().startsWith("class "), error.what());
        assertTrue(error.what().endsWith(" among [bad]"), error.what());
    }

    @Test
    void whereLowIsGoodTheLowestIsBest() {
        List<RunResult> runs = new ArrayList<>();
        for (int seed = 1; seed <= 5; seed++) {
            runs.add(errors("rough", seed, 2));
            runs.add(errors("fine", seed, 0.5));
        }
        Comparison comparison = Comparison.of(runs, List.of());
        assertEquals("fine", comparison.best());
        assertEquals(Verdict.BETTER, comparison.pair("fine", "rough").verdict());
        assertEquals(Verdict.WORSE, comparison.pair("rough", "fine").verdict());
        String words = comparison.verdict().toString();
        assertTrue(words.startsWith("fine has the lowest mean absolute error: 0."), words);
        assertTrue(words.contains("fine beats rough by 0.7"), words);
        var error = assertThrows(TunebookException.class, () -> comparison.confusion("fine"));
        assertEquals("the answers of this study are no classes", error.what());
    }

    private static RunResult errors(String recipe, long seed, double size) {
        Random random = new Random(seed + (long) (100 * size));
        List<Mark> marks =
                IntStream.range(0, 60)
                        .mapToObj(i -> new Mark("e" + i, "0", "1", size * random.nextDouble()))
                        .toList();
        double mean = marks.stream().mapToDouble(Mark::score).average().orElseThrow();
        return new RunResult(
                recipe,
                seed,
                recipe + seed,
                Ending.FINISHED,
                marks,
                Map.of(Metric.MAE, mean),
                1,
                1,
                1,
                "",
                List.of(),
                Spent.NOTHING,
                Provenance.of(""));
    }
}
