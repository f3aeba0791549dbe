package tunebook.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GoalTest {
    @Test
    void bothEndsAreIncluded() {
        Goal goal = Goal.between(0.95, 1.05);
        assertTrue(goal.met(0.95));
        assertTrue(goal.met(1.05));
        assertFalse(goal.met(0.9499));
        assertFalse(goal.met(1.0501));
        assertEquals("0.95 to 1.05", goal.words());
        assertEquals(1.05, goal.number());
    }

    @Test
    void oneEndIsSaidWithItsDirection() {
        assertEquals("at most 0.9", Goal.atMost(0.9).words());
        assertEquals("at least 1.0", Goal.atLeast(1).words());
        assertEquals(0.9, Goal.atMost(0.9).number());
        assertEquals(1, Goal.atLeast(1).number());
        assertFalse(Goal.atLeast(1).met(0.99));
        assertFalse(Goal.atMost(0.9).met(0.91));
    }

    @Test
    void withoutGoalNothingIsSaid() {
        assertTrue(Goal.NONE.none());
        assertEquals("", Goal.NONE.words());
        assertNull(Goal.NONE.number());
    }

    @Test
    void aRatioThatIsNoNumberMeetsNoGoal() {
        assertFalse(Goal.atMost(1).met(Double.NaN));
    }
}
