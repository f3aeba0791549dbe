package tunebook.train;

import java.time.Duration;
import tunebook.core.TunebookException;

/**
 * How a {@link Predictor} serves.
 *
 * @param batch most questions that are computed together
 * @param delay how long a question waits at most for others to be computed with; with none a batch
 *     is what came while the one before was computed
 * @param queue most questions that wait, those being computed apart
 */
public record Serving(int batch, Duration delay, int queue) {
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Batches of up to 32 questions, no delay, 1024 that wait. */
    public static final Serving USUAL = new Serving(32, Duration.ZERO, 1024);

    /** Checks the sizes. */
    public Serving {
        if (batch < 1 || queue < 1 || delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw new TunebookException(
                    "serving",
                    "batches of "
                            + batch
                            + " questions, a delay of "
                            + delay
                            + ", a queue of "
                            + queue,
                    "give a batch and a queue of 1 or more, and a delay of 0 to an hour");
        }
    }

    /** The same with so many questions at once. */
    public Serving batch(int batch) {
        return new Serving(batch, delay, queue);
    }

    /** The same with so long a wait for others. */
    public Serving delay(Duration delay) {
        return new Serving(batch, delay, queue);
    }

    /** The same with so many questions that wait. */
    public Serving queue(int queue) {
        return new Serving(batch, delay, queue);
    }
}
