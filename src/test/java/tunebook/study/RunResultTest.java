package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RunResultTest {
    @Test
    void ofEqualsTheLowerSeedIsKeptWhicheverEndedFirst() {
        RunResult first = Runs.finished("lora", 1, 0.9, 20);
        RunResult second = Runs.finished("lora", 2, 0.9, 20);
        assertEquals(first.validationScore(), second.validationScore());
        assertTrue(first.beats(second));
        assertFalse(second.beats(first));
        assertFalse(first.beats(first));
        assertTrue(second.beats(null));
    }
}
