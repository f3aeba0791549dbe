package tunebook.notebook;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The one thread cells run on. A cell that does not stop when asked is left behind. */
final class Lane implements AutoCloseable {
    /** What a polling worker gets before its cell's thread is interrupted, in milliseconds. */
    private static final long GRACE = 600;

    /** When a cell that does not stop is left behind, in milliseconds after the interrupt. */
    private static final long GIVE_UP = 1400;

    private final Interrupts interrupts;
    private final Timer timer = new Timer("interrupt");
    private ExecutorService thread = newThread();
    private Call current;
    private boolean interrupted;

    Lane(Interrupts interrupts) {
        this.interrupts = interrupts;
    }

    /** A new cell begins: an interrupt from before does not count. */
    synchronized void begin() {
        interrupted = false;
    }

    synchronized boolean interrupted() {
        return interrupted;
    }

    /**
     * Runs the work and waits for it.
     *
     * @throws ExecutionException around what it threw; {@link LeftBehind} if it was interrupted and
     *     did not end in time
     * @throws InterruptedException if the cell was interrupted before this piece of it began
     */
    Object call(Callable<Object> work) throws ExecutionException, InterruptedException {
        Call call = new Call(work);
        synchronized (this) {
            if (interrupted) { // while JShell compiled, say
                throw new InterruptedException();
            }
            current = call;
            thread.execute(call);
        }
        try {
            return call.ended.get();
        } finally {
            synchronized (this) {
                current = null;
            }
        }
    }

    /** Asks the stop hooks, then the cell's thread, then leaves it behind. Returns at once. */
    void interrupt() {
        Call call;
        synchronized (this) {
            interrupted = true;
            call = current;
        }
        boolean asked = interrupts.ask();
        if (call != null) {
            timer.after(asked ? GRACE : 0, call::interrupt);
            timer.after(GIVE_UP, () -> leaveBehind(call));
        }
    }

    private synchronized void leaveBehind(Call call) {
        if (call.abandon()) {
            thread.shutdown();
            thread = newThread();
        }
    }

    /** Ends the calling thread if its cell was left behind; output of such a cell goes nowhere. */
    static void stopIfLeftBehind() {
        if (Thread.currentThread() instanceof CellThread cell && cell.leftBehind) {
            throw new LeftBehind();
        }
    }

    @Override
    public synchronized void close() {
        timer.close();
        thread.shutdownNow();
    }

    private static ExecutorService newThread() {
        return Executors.newSingleThreadExecutor(CellThread::new);
    }

    /** The cell ran on after an interrupt and was left behind. */
    static final class LeftBehind extends Error {
        private static final long serialVersionUID = 1;

        LeftBehind() {
            super("the cell was interrupted", null, false, false);
        }
    }

    private static final class CellThread extends Thread {
        private volatile boolean leftBehind;

        CellThread(Runnable task) {
            super(task, "cell");
            setDaemon(true);
        }
    }

    /** One piece of a cell on its way. Its monitor guards {@code runner}. */
    private static final class Call implements Runnable {
        private final Callable<Object> work;
        private final CompletableFuture<Object> ended = new CompletableFuture<>();
        private CellThread runner;

        Call(Callable<Object> work) {
            this.work = work;
        }

        @Override
        public void run() {
            synchronized (this) {
                runner = (CellThread) Thread.currentThread();
            }
            Object value = null;
            Throwable thrown = null;
            try {
                value = work.call();
            } catch (Throwable t) { // whatever a cell throws is the cell's result
                thrown = t;
            }
            end();
            if (thrown == null) {
                ended.complete(value);
            } else {
                ended.completeExceptionally(thrown);
            }
        }

        /** After this no interrupt reaches the thread, and none is left for the next cell. */
        private synchronized void end() {
            runner = null;
            Thread.interrupted();
        }

        synchronized void interrupt() {
            if (runner != null) {
                runner.interrupt();
            }
        }

        synchronized boolean abandon() {
            if (runner == null) {
                return false;
            }
            runner.leftBehind = true;
            ended.completeExceptionally(new LeftBehind());
            return true;
        }
    }
}
