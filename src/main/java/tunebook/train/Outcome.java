package tunebook.train;

import java.util.List;
import tunebook.core.Weights;

/**
 * What training came to.
 *
 * @param ending how it ended
 * @param message why, or empty
 * @param learned the weights with the best validation result; none where there was no finite one
 * @param curve a point an epoch
 * @param seconds wall clock, evaluation included
 * @param peakBytes most memory of the run's own at once
 * @param spent where the seconds went
 */
public record Outcome(
        Ending ending,
        String message,
        Weights learned,
        List<CurvePoint> curve,
        double seconds,
        long peakBytes,
        Spent spent) {
    /** A run that was stopped before its first step. */
    public static Outcome notBegun() {
        return new Outcome(
                Ending.INTERRUPTED,
                "stopped before it began",
                Weights.none(),
                List.of(),
                0,
                0,
                Spent.NOTHING);
    }

    /** Whether there are weights to predict with. */
    public boolean usable() {
        return !learned.names().isEmpty();
    }
}
