package tunebook.notebook;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishClearOutput;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/** Our own kernel as host. */
final class KernelHost implements Host {
    private final Outlet outlet;
    private final Renderers renderers;
    private final Interrupts interrupts;
    private final Timer timer;
    private final Set<Display> live =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    KernelHost(Outlet outlet, Renderers renderers, Interrupts interrupts, Timer timer) {
        this.outlet = outlet;
        this.renderers = renderers;
        this.interrupts = interrupts;
        this.timer = timer;
    }

    DisplayData render(Object value) {
        return renderers.render(value);
    }

    @Override
    public void display(Object value) {
        outlet.show(render(value));
    }

    @Override
    public Display live() {
        Display display = new LiveDisplay(this::send, timer);
        live.add(display);
        return display;
    }

    private void send(Object value, String id, boolean first) {
        DisplayData data = renderers.render(value, id);
        if (first) outlet.show(data);
        else outlet.update(data);
    }

    /** A cell ends: what it shows last is part of its output. */
    void flush() {
        Display[] displays;
        synchronized (live) {
            displays = live.toArray(Display[]::new);
        }
        for (Display display : displays) {
            display.close();
        }
        outlet.flush();
    }

    @Override
    public void clearOutput() {
        Lane.stopIfLeftBehind();
        outlet.publish(PublishClearOutput.BEFORE_NEXT_OUTPUT);
    }

    @Override
    public void register(Renderer<?> renderer) {
        renderers.register(renderer);
    }

    @Override
    public Registration onInterrupt(Runnable stop) {
        return interrupts.register(stop);
    }
}
