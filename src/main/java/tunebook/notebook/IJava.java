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
 * <p>It drops updates that come after the cell's end.
 */
public final class IJava extends StockHost {
    private static final String IJAVA = "io.github.spencerpark.ijava.IJava";

    private final BaseKernel kernel;
    private final Renderers renderers;

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
            if (running instanceof BaseKernel kernel) return init(kernel);
            throw elsewhere(null);
        } catch (ReflectiveOperationException e) {
            throw elsewhere(e);
        }
    }

    private static TunebookException elsewhere(Throwable cause) {
        return new TunebookException(
                "IJava.init()",
                "this notebook does not run in IJava",
                "hand over the kernel with IJava.init(kernel), or use the kernel"
                        + " \"Java (Tunebook)\"",
                cause);
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
    void send(Object value, String id, boolean first) {
        DisplayData data = renderers.render(value, id);
        if (first) kernel.display(data);
        else kernel.getIO().display.updateDisplay(data);
    }

    @Override
    public void register(Renderer<?> renderer) {
        renderers.register(renderer);
    }
}
