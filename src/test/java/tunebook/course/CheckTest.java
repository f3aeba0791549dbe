package tunebook.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.Tunebook.*;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tunebook.core.TunebookException;
import tunebook.study.Result;
import tunebook.study.Study;

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
        assertEquals(
                "Check.lesson(9, …): the first thing handed in is a Double and must be a Correction."
                        + " Mend: say so where you write it, as the blank does: Correction mine = …",
                refused(9, 0.05));
        assertEquals(
                "Check.lesson(2, …): the first thing handed in is a String and must be a Backbone."
                        + " Mend: hand in what the lesson's own check cell names",
                refused(2, "tiny-resnet"));
    }

    @Test
    void aLambdaOfAnotherTypeIsToldWhichItMustBe() {
        Function<Integer, Integer> mine = p -> p;
        assertEquals(
                "Check.lesson(8, …): the second thing handed in is a Function and must be an"
                        + " IntUnaryOperator. Mend: say so where you write it, as the blank does:"
                        + " IntUnaryOperator mine = …",
                refused(8, pretrained("tiny-resnet"), mine));
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
                                () -> Answer.of(1, 0, none()).get(1, Study.class))
                        .getMessage());
    }

    private static Result none() {
        return new Result(null, null, null, null, Map.of());
    }

    @Test
    void whatDiffersIsNamedWithBothValues() {
        assertEquals(
                Optional.of("learning rate 0.0003 instead of 0.003, epochs 10 instead of 4"),
                Kept.settings(full().learningRate(3e-4), full().learningRate(3e-3).epochs(4)));
        assertEquals(Optional.empty(), Kept.settings(full().named("mine"), full()));
        Study shown =
                study("?")
                        .backbone(pretrained("tiny-resnet"))
                        .data(drawings("chalk").each(4).split(0.5, 0.25, 0.25));
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
        Checked checked = Check.lesson(9, none);
        assertTrue(checked.toString().startsWith("Lesson 9: not yet. Of ["), checked::toString);
        assertEquals(
                "Lesson 9: passed. That is right.",
                Check.lesson(9, (Correction) tunebook.stats.Holm::adjust).toString());
    }
}
