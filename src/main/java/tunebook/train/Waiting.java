package tunebook.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tunebook.core.QueueFull;
import tunebook.core.TunebookException;

/** Questions that wait for the one thread that answers them, first come, first served. */
final class Waiting<Q, A> {
    /**
     * A question.
     *
     * @param question itself
     * @param since when it came, in nanoseconds
     * @param answer to it
     */
    record Question<Q, A>(Q question, long since, CompletableFuture<A> answer) {}

    private final String where;
    private final Serving serving;
    private final Queue<Question<Q, A>> questions = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;

    Waiting(String where, Serving serving) {
        this.where = where;
        this.serving = serving;
    }

    /**
     * Queues a question.
     *
     * @throws QueueFull if there is no room
     * @throws TunebookException if no more is taken
     */
    CompletableFuture<A> add(Q asked) {
        lock.lock();
        try {
            if (closed)
                throw new TunebookException(where, "is closed", "open another: predictor()");
            if (questions.size() >= serving.queue()) throw new QueueFull(where, serving.queue());
            Question<Q, A> question =
                    new Question<>(asked, System.nanoTime(), new CompletableFuture<>());
            questions.add(question);
            changed.signal();
            return question.answer();
        } finally {
            lock.unlock();
        }
    }

    /** The next batch, as soon as there is one; empty once no more comes. */
    List<Question<Q, A>> next() {
        lock.lock();
        try {
            while (questions.isEmpty() && !closed) changed.awaitUninterruptibly();
            if (questions.isEmpty()) return List.of();
            long until = questions.element().since() + serving.delay().toNanos();
            while (questions.size() < serving.batch() && !closed) {
                long left = until - System.nanoTime();
                if (left <= 0) break;
                try {
                    changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    break; // nobody's to make: the batch begins
                }
            }
            List<Question<Q, A>> batch = new ArrayList<>();
            while (batch.size() < serving.batch() && !questions.isEmpty())
                batch.add(questions.remove());
            return batch;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            return (closed ? "closed, " : "") + questions.size() + " questions wait";
        } finally {
            lock.unlock();
        }
    }
}
