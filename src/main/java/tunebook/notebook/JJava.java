package tunebook.notebook;

import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * Shows our values in stock JJava, which finds and calls Tunebook by itself once its jars are
 * there. It drops updates that come after the cell's end.
 */
public final class JJava extends StockHost {
    private final BaseKernel kernel;

    private JJava(BaseKernel kernel) {
        this.kernel = kernel;
        Renderer.USUAL.forEach(this::register);
    }

    /** Makes a kernel this process's host. */
    public static Host init(BaseKernel kernel) {
        Host host = new JJava(kernel);
        Hosts.CURRENT.set(host);
        return host;
    }

    @Override
    public void display(Object value) {
        kernel.display(render(value));
    }

    @Override
    void send(Object value, String id, boolean first) {
        DisplayData data = render(value);
        data.setDisplayId(id);
        if (first) kernel.display(data);
        else kernel.getIO().display.updateDisplay(data);
    }

    private DisplayData render(Object value) {
        return kernel.getRenderer().render(Renderer.shown(value));
    }

    @Override
    public void register(Renderer<?> renderer) {
        add(renderer);
    }

    private <T> void add(Renderer<T> renderer) {
        kernel.getRenderer()
                .createRegistration(renderer.type())
                .supporting(renderer.supported())
                .preferring(renderer.preferred())
                .register(
                        (value, context) ->
                                renderer.offer(
                                        value,
                                        (mediaType, form) ->
                                                context.renderIfRequested(
                                                        MIMEType.parse(mediaType), form)));
    }
}
