package tunebook.notebook;

import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Sends the newest value, at most once in {@value #PERIOD} ms. */
final class LiveDisplay implements Display {
    static final long PERIOD = 200;

    /** Where displays go. */
    interface Channel {
        /**
         * Shows a value.
         *
         * @param id of the place, the same each time
         * @param first whether the place is new; otherwise its content is replaced
         */
        void send(Object value, String id, boolean first);
    }

    private final Channel channel;
    private final Timer timer;
    private final String id = UUID.randomUUID().toString();
    private Object waiting;
    private boolean scheduled;
    private boolean shown;
    private long lastNanos;

    LiveDisplay(Channel channel, Timer timer) {
        this.channel = channel;
        this.timer = timer;
    }

    @Override
    public synchronized void update(Object value) {
        Lane.stopIfLeftBehind();
        waiting = value;
        long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastNanos);
        if (!shown || (!scheduled && since >= PERIOD)) {
            send();
        } else if (!scheduled) {
            scheduled = true;
            timer.after(PERIOD - since, this::tick);
        }
    }

    private synchronized void tick() {
        scheduled = false;
        close();
    }

    @Override
    public synchronized void close() {
        if (waiting != null) {
            send();
        }
    }

    private void send() {
        Object value = waiting;
        waiting = null;
        lastNanos = System.nanoTime();
        boolean first = !shown;
        shown = true;
        channel.send(value, id, first);
    }
}
