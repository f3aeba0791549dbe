package tunebook.notebook;

import io.github.spencerpark.jupyter.messages.Message;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Tells which cells were queued behind one that failed ("run all"): they are not to run.
 *
 * <p>Requests carry the sender's time, whose clock may differ from ours. The smallest delay seen
 * bounds that difference, and always to the safe side: a cell sent after the failure is never taken
 * for a queued one.
 */
final class Queue {
    private Duration smallestDelay = Duration.ofDays(36500);
    private Instant failed = Instant.MIN;

    /** Whether this request was sent before the last failure. Every request has to be shown. */
    boolean wasWaiting(Message<?> request, Instant now) {
        Instant sent = sent(request);
        if (sent == null) {
            return false;
        }
        Duration delay = Duration.between(sent, now);
        if (delay.compareTo(smallestDelay) < 0) {
            smallestDelay = delay;
        }
        return sent.plus(smallestDelay).isBefore(failed);
    }

    void failed(Instant now) {
        failed = now;
    }

    private static Instant sent(Message<?> request) {
        try {
            String date = request.getHeader().getTimestamp().getDateString();
            return OffsetDateTime.parse(date).toInstant();
        } catch (DateTimeException | NullPointerException e) {
            return null; // a client that says no time gets no queue
        }
    }
}
