package tunebook.nd4j;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Parts of a whole that somebody may wait for. */
abstract class Awaited {
    private final int count;
    private final AtomicInteger done = new AtomicInteger();
    private final Thread owner = Thread.currentThread();
    private volatile Throwable failure;
    private volatile boolean waiting;

    Awaited(int count) {
        this.count = count;
    }

    void part(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            failure = e;
        }
        if (done.incrementAndGet() == count && waiting) LockSupport.unpark(owner);
    }

    boolean isDone() {
        return done.get() == count;
    }

    void await() {
        long from = System.nanoTime();
        boolean interrupted = false;
        while (!isDone()) {
            if (System.nanoTime() - from < Crew.PATIENCE) {
                Thread.onSpinWait();
                continue;
            }
            waiting = true;
            if (!isDone()) LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) owner.interrupt();
    }

    void rethrow() {
        if (failure instanceof RuntimeException e) throw e;
        if (failure instanceof Error e) throw e;
    }
}
