package tunebook.notebook;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;

/** The base kernel's registry, filled with ours. */
final class Renderers {
    private final io.github.spencerpark.jupyter.kernel.display.Renderer base;

    /** Adds the types every notebook of ours shows. */
    Renderers(io.github.spencerpark.jupyter.kernel.display.Renderer base) {
        this.base = base;
        Renderer.USUAL.forEach(this::register);
    }

    <T> void register(Renderer<T> renderer) {
        base.createRegistration(renderer.type())
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

    /** The same in a place with this id. */
    DisplayData render(Object value, String id) {
        DisplayData data = render(value);
        data.setDisplayId(id);
        return data;
    }

    /** How a notebook shows a value. */
    DisplayData render(Object value) {
        if (value instanceof DisplayData data) {
            return data;
        }
        return base.render(Renderer.shown(value));
    }
}
