package tunebook.nd4j;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Threads of the session that computes with them now. They share the rounds of a loop, and run
 * errands: work whose outcome nobody waits for yet, such as the gradients of weights, so that no
 * thread stands idle where a loop is short or cannot be shared.
 *
 * <p>A step is hundreds of short loops. To wake a thread that sleeps costs as much as many of them
 * take, so a helper that ran out of work looks about for some tens of microseconds before it
 * sleeps. One thread gives out work; helpers are daemons and end with {@link #close}.
 */
final class Crew implements AutoCloseable {
    /** How long a helper, or the one who waits for it, looks about, in nanoseconds. */
    static final long PATIENCE = 50_000;

    private final int size;
    private final int most;
    private final List<Helper> helpers = new ArrayList<>();
    private final Queue<Errand> open = new ConcurrentLinkedQueue<>();
    private final Deque<Errand> pending = new ArrayDeque<>();
    private volatile Rounds loop;
    private volatile boolean closed;

    /**
     * @param threads the calling one and its helpers, which begin when they are first needed
     */
    Crew(int threads) {
        this.size = threads;
        this.most = 2 * (threads - 1);
    }

    int size() {
        return size;
    }

    /** Calls the body for 0 … n − 1, side by side; what one call throws, this throws. */
    void each(int n, IntConsumer body) {
        if (size == 1 || n <= 1 || Thread.currentThread() instanceof Helper) {
            for (int i = 0; i < n; i++) body.accept(i);
            return;
        }
        Rounds rounds = new Rounds(n, body);
        loop = rounds;
        wake(n - 1);
        rounds.run();
        loop = null;
        rounds.await();
        rounds.rethrow();
    }

    /** Has work done at some time before {@link #settle} returns; at once where nobody helps. */
    void later(Runnable work) {
        if (size == 1) {
            work.run();
            return;
        }
        Errand errand = new Errand(work);
        pending.add(errand);
        open.add(errand);
        wake(1);
        if (pending.size() > most) collect();
        if (pending.size() > most) runOne();
    }

    /**
     * Calls this when all that was given out so far is done: at once, in {@code collect} or later.
     */
    void whenDone(Runnable then) {
        if (pending.isEmpty()) then.run();
        else pending.getLast().then.add(then);
    }

    /** Calls what waits for errands that are done. */
    void collect() {
        while (!pending.isEmpty() && pending.getFirst().isDone()) {
            Errand errand = pending.removeFirst();
            errand.then.forEach(Runnable::run);
            errand.rethrow();
        }
    }

    /** Returns when all errands are done; what one of them threw, this throws. */
    void settle() {
        try {
            runAll();
            while (!pending.isEmpty()) {
                pending.getFirst().await();
                collect();
            }
        } catch (RuntimeException | Error e) {
            runAll();
            pending.forEach(Errand::await);
            pending.clear();
            throw e;
        }
    }

    private void runAll() {
        boolean some = true;
        while (some) some = runOne();
    }

    private boolean runOne() {
        Errand errand = open.poll();
        if (errand != null) errand.run();
        return errand != null;
    }

    private void wake(int wanted) {
        while (helpers.size() < size - 1) {
            Helper helper = new Helper();
            helpers.add(helper);
            helper.start();
        }
        int woken = 0;
        for (int i = 0; i < helpers.size() && woken < wanted; i++)
            if (helpers.get(i).wake()) woken++;
    }

    @Override
    public void close() {
        closed = true;
        helpers.forEach(Helper::wake);
    }

    /** The rounds of a loop, taken one by one by whoever is free. */
    private static final class Rounds extends Awaited {
        private final int n;
        private final IntConsumer body;
        private final AtomicInteger next = new AtomicInteger();

        private Rounds(int n, IntConsumer body) {
            super(n);
            this.n = n;
            this.body = body;
        }

        /** Whether there was a round left. */
        private boolean run() {
            boolean some = false;
            for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) {
                int round = i;
                part(() -> body.accept(round));
                some = true;
            }
            return some;
        }
    }

    private static final class Errand extends Awaited {
        private final Runnable work;
        private final List<Runnable> then = new ArrayList<>();

        private Errand(Runnable work) {
            super(1);
            this.work = work;
        }

        private void run() {
            part(work);
        }
    }

    private final class Helper extends Thread {
        private final AtomicBoolean asleep = new AtomicBoolean();

        private Helper() {
            super("tunebook-helper");
            setDaemon(true);
        }

        /** Whether it slept, and nobody else woke it. */
        private boolean wake() {
            boolean slept = asleep.compareAndSet(true, false);
            if (slept) LockSupport.unpark(this);
            return slept;
        }

        @Override
        public void run() {
            long from = System.nanoTime();
            while (!closed) {
                Rounds now = loop;
                if (runOne() || (now != null && now.run())) from = System.nanoTime();
                else if (System.nanoTime() - from < PATIENCE) Thread.onSpinWait();
                else {
                    asleep.set(true);
                    // once more, for what came before it was seen asleep
                    if (loop == now && open.isEmpty() && !closed) LockSupport.park(this);
                    asleep.set(false);
                    from = System.nanoTime();
                }
            }
        }
    }
}
