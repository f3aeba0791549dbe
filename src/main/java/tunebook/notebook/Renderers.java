package tunebook.notebook;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;
import tunebook.core.Showable;
import tunebook.view.Html;

/** The base kernel's registry, filled with ours. */
final class Renderers {
    /** The better first: of these a notebook gets one. */
    private static final List<String> PREFERRED =
            List.of(Renderer.HTML, Renderer.SVG, Renderer.PNG);

    /** A notebook is no spreadsheet: text ends after these rows. */
    private static final int ROWS = 100;

    private final io.github.spencerpark.jupyter.kernel.display.Renderer base;

    /** Adds the types every notebook of ours shows. */
    Renderers(io.github.spencerpark.jupyter.kernel.display.Renderer base) {
        this.base = base;
        register(Renderer.of(Showable.class).text(Showable::text).html(Showable::html));
        register(Renderer.of(Table.class).text(table -> table.print(ROWS)).html(Html::table));
        register(Renderer.of(Chart.class).text(Charts::text).svg(Charts::svg).png(Charts::png));
    }

    <T> void register(Renderer<T> renderer) {
        var registration =
                base.createRegistration(renderer.type())
                        .supporting(renderer.forms().keySet().toArray(String[]::new))
                        .preferring(Renderer.TEXT);
        PREFERRED.stream()
                .filter(renderer.forms()::containsKey)
                .findFirst()
                .ifPresent(registration::preferring);
        registration.register((value, context) -> render(renderer, value, context));
    }

    private static <T> void render(Renderer<T> renderer, T value, RenderContext context) {
        for (Map.Entry<String, Function<? super T, String>> form : renderer.forms().entrySet()) {
            Supplier<Object> content = () -> form.getValue().apply(value);
            context.renderIfRequested(MIMEType.parse(form.getKey()), content);
        }
    }

    /** How a notebook shows a value. */
    DisplayData render(Object value) {
        if (value instanceof DisplayData data) {
            return data;
        }
        if (value == null) {
            return new DisplayData("null");
        }
        if (value.getClass().isArray()) {
            String text = Arrays.deepToString(new Object[] {value});
            return new DisplayData(text.substring(1, text.length() - 1));
        }
        return base.render(value);
    }
}
