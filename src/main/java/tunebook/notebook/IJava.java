package tunebook.notebook;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import tunebook.core.TunebookException;

/**
 * Shows our values in a stock kernel on the same base, such as IJava. There a first cell says
 *
 * <pre>{@code
 * %jars /path/to/tunebook/target/lib/*.jar
 * %jars /path/to/tunebook/target/tunebook.jar
 * tunebook.notebook.IJava.init();
 * }</pre>
 *
 * <p>Such a kernel has no way to clear output, drops updates that come after the cell's end, and
 * calls no stop hooks: its interrupt only interrupts the cell's thread.
 */
public final class IJava implements Host {
    private static final String IJAVA = "io.github.spencerpark.ijava.IJava";

    private final BaseKernel kernel;
    private final Renderers renderers;
    private final Timer timer = new Timer("live-display");

    private IJava(BaseKernel kernel) {
        this.kernel = kernel;
        this.renderers = new Renderers(kernel.getRenderer());
    }

    /**
     * Makes the running IJava this process's host.
     *
     * @throws TunebookException if this is no IJava
     */
    public static Host init() {
        try {
            // the kernel is no dependency of ours: it can only be found by name
            Object running = Class.forName(IJAVA).getMethod("getKernelInstance").invoke(null);
            return init((BaseKernel) running);
        } catch (ReflectiveOperationException e) {
            throw new TunebookException(
                    "IJava.init()",
                    "this notebook does not run in IJava",
                    "hand over the kernel with IJava.init(kernel), or use the kernel"
                            + " \"Java (Tunebook)\"",
                    e);
        }
    }

    /** Makes a kernel this process's host. */
    public static Host init(BaseKernel kernel) {
        Host host = new IJava(kernel);
        Hosts.CURRENT.set(host);
        return host;
    }

    @Override
    public void display(Object value) {
        kernel.display(renderers.render(value));
    }

    @Override
    public Display live() {
        LiveDisplay.Channel channel =
                new LiveDisplay.Channel() {
                    @Override
                    public void show(DisplayData data) {
                        kernel.display(data);
                    }

                    @Override
                    public void update(DisplayData data) {
                        kernel.getIO().display.updateDisplay(data);
                    }
                };
        return new LiveDisplay(channel, renderers::render, timer);
    }

    @Override
    public void clearOutput() {}

    @Override
    public void register(Renderer<?> renderer) {
        renderers.register(renderer);
    }

    @Override
    public Registration onInterrupt(Runnable stop) {
        return () -> {};
    }
}
