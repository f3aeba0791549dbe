package tunebook.notebook;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Sends the newest value, at most once in {@value #PERIOD} ms. */
final class LiveDisplay implements Display {
    static final long PERIOD = 200;

    /** Where displays go. */
    interface Channel {
        void show(DisplayData data);

        void update(DisplayData data);
    }

    private final Channel channel;
    private final Function<Object, DisplayData> render;
    private final Timer timer;
    private final String id = UUID.randomUUID().toString();
    private Object waiting;
    private boolean scheduled;
    private boolean shown;
    private long lastNanos;

    LiveDisplay(Channel channel, Function<Object, DisplayData> render, Timer timer) {
        this.channel = channel;
        this.render = render;
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
        DisplayData data = render.apply(value);
        data.setDisplayId(id);
        if (shown) {
            channel.update(data);
        } else {
            shown = true;
            channel.show(data);
        }
    }
}
