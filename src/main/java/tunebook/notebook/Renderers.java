package tunebook.notebook;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

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
                .register((value, context) -> render(renderer, value, context));
    }

    private static <T> void render(Renderer<T> renderer, T value, RenderContext context) {
        for (Map.Entry<String, Function<? super T, String>> form : renderer.forms().entrySet()) {
            Supplier<Object> content = () -> form.getValue().apply(value);
            context.renderIfRequested(MIMEType.parse(form.getKey()), content);
        }
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
