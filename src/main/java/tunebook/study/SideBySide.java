package tunebook.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Work done side by side by so many threads. It is told to stop by whoever watches, by an interrupt
 * of the thread that waits, and where one piece fails; that thread stays interrupted afterwards.
 */
final class SideBySide implements AutoCloseable {
    private final int workers;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Observer.Registration hook;
    private boolean interrupted;

    SideBySide(int workers, Observer observer) {
        this.workers = workers;
        this.hook = observer.onStop(() -> stopped.set(true));
    }

    /** Whether what is under way is to end within a step. */
    boolean stopped() {
        return stopped.get();
    }

    /**
     * Does every piece, beginning in the order given.
     *
     * @return what each came to
     */
    <K, R> Map<K, R> all(List<K> pieces, Function<K, R> work) {
        ExecutorService pool = Executors.newFixedThreadPool(workers, SideBySide::daemon);
        Map<K, Future<R>> futures = new LinkedHashMap<>();
        try {
            pieces.forEach(p -> futures.put(p, pool.submit(() -> work.apply(p))));
            Map<K, R> results = new LinkedHashMap<>();
            futures.forEach((piece, future) -> results.put(piece, await(future)));
            return results;
        } catch (RuntimeException | Error e) {
            stopped.set(true);
            throw e;
        } finally {
            pool.shutdown();
            idle(pool);
        }
    }

    /** What runs on after another one failed still computes with what is closed next. */
    private void idle(ExecutorService pool) {
        while (true) {
            try {
                if (pool.awaitTermination(1, TimeUnit.DAYS)) return;
            } catch (InterruptedException e) {
                stop();
            }
        }
    }

    private <R> R await(Future<R> future) {
        while (true) {
            try {
                return future.get();
            } catch (InterruptedException e) {
                stop();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) throw cause;
                if (e.getCause() instanceof Error cause) throw cause;
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private void stop() {
        stopped.set(true);
        interrupted = true;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "tunebook-run");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        hook.close();
        if (interrupted) Thread.currentThread().interrupt();
    }
}
