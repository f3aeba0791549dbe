package tunebook.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.Tunebook.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tunebook.core.TunebookException;
import tunebook.recipe.Settings.Decay;
import tunebook.stats.Holm;
import tunebook.stats.Metric;
import tunebook.study.Comparison;
import tunebook.study.Provenance;
import tunebook.study.Result;
import tunebook.study.RunResult;
import tunebook.study.Study;
import tunebook.train.CurvePoint;
import tunebook.train.Ending;
import tunebook.train.Spent;

/** What a check says of things that are no answer; answers are checked with their lessons. */
class CheckTest {
    private static String refused(int lesson, Object... answer) {
        return assertThrows(TunebookException.class, () -> Check.lesson(lesson, answer))
                .getMessage();
    }

    @Test
    void aLessonThatThereIsNotIsRefused() {
        assertEquals(
                "Check.lesson(11): there is no such lesson. Mend: give a number from 1 to 10",
                refused(11));
    }

    @Test
    void aValueOfAnotherTypeOrNoneIsRefusedInWords() {
        String missing =
                "Check.lesson(9, …): the first thing handed in is missing. Mend: hand in what the"
                        + " lesson's own check cell names";
        assertEquals(missing, refused(9));
        assertEquals(missing, refused(9, (Object) null));
        Result same = equal(20);
        assertEquals(
                "Check.lesson(9, …): the second thing handed in is a Double and must be a"
                        + " Correction. Mend: say so where you write it, as the blank does:"
                        + " Correction mine = …",
                refused(9, same, 0.05));
        assertEquals(
                "Check.lesson(2, …): the first thing handed in is a String and must be a Result."
                        + " Mend: hand in what the lesson's own check cell names",
                refused(2, "tiny-resnet"));
        assertEquals(
                "Check.lesson(3, …): the first thing handed in has no recipe called \"partial last"
                        + " 3\". Mend: hand in what the lesson's own check cell names",
                refused(3, same));
    }

    @Test
    void aLambdaOfAnotherTypeIsToldWhichItMustBe() {
        Function<Integer, Integer> mine = p -> p;
        assertEquals(
                "Check.lesson(9, …): the second thing handed in is a Function and must be a"
                        + " Correction. Mend: say so where you write it, as the blank does:"
                        + " Correction mine = …",
                refused(9, equal(20), mine));
    }

    @Test
    void aStudyThatHasNotRunIsToldToRun() {
        assertEquals(
                "Check.lesson(4, …): the first thing handed in is a Study that has not run. Mend:"
                        + " add .run()",
                refused(4, study("?")));
    }

    @Test
    void aResultInPlaceOfAStudyIsToldSo() {
        assertEquals(
                "Check.lesson(1, …): the second thing handed in is a Result. Mend: hand in the"
                        + " study, before .run()",
                assertThrows(
                                TunebookException.class,
                                () -> Answer.of(1, 0, equal(1)).get(1, Study.class))
                        .getMessage());
    }

    /** Runs of one recipe, whose scores differ by the seed alone. */
    private static Result equal(int seeds) {
        Random dice = new Random(1);
        List<RunResult> runs =
                LongStream.rangeClosed(1, seeds)
                        .mapToObj(seed -> run(seed, 0.5 + 0.1 * dice.nextGaussian()))
                        .toList();
        return curves(runs.toArray(RunResult[]::new));
    }

    private static RunResult run(long seed, double... losses) {
        List<CurvePoint> curve = new ArrayList<>();
        for (double loss : losses)
            curve.add(new CurvePoint(0, curve.size() + 1, 0, loss, Double.NaN));
        return new RunResult(
                "full",
                seed,
                "",
                Ending.FINISHED,
                List.of(),
                Map.of(Metric.ACCURACY, losses[0]),
                0,
                0,
                0,
                "",
                curve,
                Spent.NOTHING,
                Provenance.of(""));
    }

    @Test
    void whatDiffersIsNamedWithBothValues() {
        assertEquals(
                Optional.of("learning rate 0.0003 instead of 0.003, epochs 10 instead of 4"),
                Kept.settings(full().learningRate(3e-4), full().learningRate(3e-3).epochs(4)));
        assertEquals(Optional.empty(), Kept.settings(full().named("mine"), full()));
        assertEquals(
                Optional.of(
                        "weight decay 0.1 instead of 0.01, gradient norm 5 instead of 1, balanced"
                                + " true instead of false"),
                Kept.settings(full().weightDecay(0.1).maxNorm(5).balanced(), full()));
        assertEquals(
                Optional.of("schedule constant instead of linear after a warm-up of 10%"),
                Kept.settings(full().schedule(0, Decay.CONSTANT), full()));
        Study shown =
                study("?")
                        .backbone(pretrained("tiny-resnet"))
                        .data(drawings("chalk").each(4).split(0.5, 0.25, 0.25));
        assertEquals(Optional.of("no backbone or no data"), Kept.study(study("?"), shown));
        assertEquals(
                Optional.of(
                        "the data other examples of chalk drawings instead of chalk drawings,"
                                + " seeds 2 instead of 5"),
                Kept.study(
                        shown.data(drawings("chalk").each(5).split(0.5, 0.25, 0.25)).seeds(2),
                        shown));
    }

    @Test
    void whatWasFoundSaysItInWords() {
        Correction none = p -> p;
        Checked checked = Check.lesson(9, equal(20), none);
        assertTrue(checked.toString().startsWith("Lesson 9: not yet. Of ["), checked::toString);
        assertEquals(
                "Of 19 runs nobody draws four groups of five: hand in the lesson's study.",
                Check.lesson(9, equal(19), none).words());
    }

    @Test
    void whatPassesIsToldWhatItsOwnRunsShowed() {
        Correction right = Holm::adjust;
        String words = Check.lesson(9, equal(120), right).toString();
        assertTrue(
                words.startsWith(
                        "Lesson 9: passed. That is right. Four equal recipes, drawn 2,000 times"
                                + " from your 120 runs: in "),
                words);
        FalseAlarms alarms = FalseAlarms.of(FalseAlarms.scores(equal(120)), right);
        assertTrue(alarms.uncorrected() > alarms.corrected(), alarms::toString);
        assertTrue(alarms.words().contains("what the level of 5% promises"), alarms::words);
        assertTrue(
                new FalseAlarms(120, 0.3, 0.07).words().contains("more than the level of 5%"),
                alarms::words);
    }

    @Test
    void aStoppingRuleIsToldWhatItWouldHaveMissed() {
        StoppingRule first = (losses, patience) -> 0;
        Result falls = curves(run(1, 0.9, 0.8, 0.7, 0.6), run(2, 0.5, 0.6, 0.7, 0.8));
        assertEquals(
                "Asked about the lesson's runs of full, with patience 2, it keeps epoch 0, 0, counted"
                        + " from 0. It would have stopped after 6 of their 8 epochs. In 1 of 2 a lower loss"
                        + " would have come after the end: that is the price.",
                StoppedCurves.of(falls, "full", first, 2).words());
        String words =
                StoppedCurves.of(curves(run(2, 0.5, 0.6, 0.7, 0.8)), "full", first, 2).words();
        assertTrue(words.endsWith("would a lower loss have come later: nothing is missed."), words);
    }

    private static Result curves(RunResult... runs) {
        return new Result(
                study("?"), Comparison.of(List.of(runs), List.of()), null, null, Map.of());
    }
}
