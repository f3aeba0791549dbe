package tunebook.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tunebook.core.TunebookException;

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
    void aValueOfAnotherTypeOrNoneIsRefused() {
        String nothing =
                "Check.lesson(9, …): value 1 is no Correction. Mend: hand in what the lesson's own"
                        + " check cell names";
        assertEquals(nothing, refused(9));
        assertEquals(nothing, refused(9, 0.05));
        assertEquals(nothing, refused(9, (Object) null));
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
