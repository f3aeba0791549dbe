package tunebook.notebook;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Runs short tasks later, on one thread of its own that keeps no process alive. */
final class Timer implements AutoCloseable {
    private final ScheduledExecutorService thread;

    Timer(String name) {
        thread =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread made = new Thread(task, name);
                            made.setDaemon(true);
                            return made;
                        });
    }

    void after(long millis, Runnable task) {
        Future<?> unused = thread.schedule(() -> guarded(task), millis, TimeUnit.MILLISECONDS);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) { // nobody waits for it
            LoggerFactory.getLogger(Timer.class).warn("a delayed task failed", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
