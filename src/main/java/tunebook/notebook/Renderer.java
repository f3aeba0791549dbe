package tunebook.notebook;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;
import tunebook.core.Showable;
import tunebook.view.Csv;
import tunebook.view.Html;
import tunebook.view.Markdown;

/**
 * How values of a type look. A notebook gets text and the best of the others: HTML, SVG, PNG in
 * this order; the rest is made only when asked for, or written to a file.
 *
 * @param type values of this type and its subtypes
 * @param forms by media type; PNG as Base64
 */
public record Renderer<T>(Class<T> type, Map<String, Function<? super T, String>> forms) {
    /** Media type of plain text. */
    public static final String TEXT = "text/plain";

    /** Media type of a fragment of HTML. */
    public static final String HTML = "text/html";

    /** Media type of a drawing. */
    public static final String SVG = "image/svg+xml";

    /** Media type of a picture, in Base64. */
    public static final String PNG = "image/png";

    /** Media type of a table with unrounded numbers. */
    public static final String CSV = "text/csv";

    /** Media type of Markdown. */
    public static final String MARKDOWN = "text/markdown";

    /** The better first: of these a notebook gets one. */
    private static final List<String> BETTER = List.of(HTML, SVG, PNG);

    /** A notebook is no spreadsheet: text ends after these rows. */
    private static final int ROWS = 100;

    /** Of the types that every notebook shows, ours or not. */
    public static final List<Renderer<?>> USUAL =
            List.of(
                    of(Showable.class).text(Showable::text).html(Showable::html),
                    of(Table.class).table(table -> table).text(table -> table.print(ROWS)),
                    of(Chart.class).text(Charts::text).svg(Charts::svg).png(Charts::png));

    /** Keeps a copy of the forms, in their order. */
    public Renderer {
        forms = Collections.unmodifiableMap(new LinkedHashMap<>(forms));
    }

    /** A type that so far looks like its {@code toString}. */
    public static <T> Renderer<T> of(Class<T> type) {
        return new Renderer<>(type, Map.of());
    }

    /** Plain text, for terminals and saved notebooks. */
    public Renderer<T> text(Function<? super T, String> text) {
        return with(TEXT, text);
    }

    /** A fragment of HTML: escaped, no script, nothing fetched. */
    public Renderer<T> html(Function<? super T, String> html) {
        return with(HTML, html);
    }

    /** An {@code <svg>} element, best without a background. */
    public Renderer<T> svg(Function<? super T, String> svg) {
        return with(SVG, svg);
    }

    /** A picture as PNG file. */
    public Renderer<T> png(Function<? super T, byte[]> png) {
        return with(
                PNG,
                value ->
                        new String(
                                Base64.getEncoder().encode(png.apply(value)),
                                StandardCharsets.US_ASCII));
    }

    /** Markdown: nothing in it is markup but what stands around the values. */
    public Renderer<T> markdown(Function<? super T, String> markdown) {
        return with(MARKDOWN, markdown);
    }

    /** All that a table can look like: text, HTML, Markdown, CSV. */
    public Renderer<T> table(Function<? super T, Table> table) {
        return tables(table.andThen(List::of)).with(CSV, v -> Csv.table(table.apply(v)));
    }

    /** All that several tables can look like: text, HTML, Markdown. */
    public Renderer<T> tables(Function<? super T, List<Table>> tables) {
        return text(joined(tables, table -> table.print(Integer.MAX_VALUE)))
                .html(joined(tables, Html::table))
                .markdown(joined(tables, Markdown::table));
    }

    private static <T> Function<T, String> joined(
            Function<? super T, List<Table>> tables, Function<Table, String> form) {
        return value -> tables.apply(value).stream().map(form).collect(Collectors.joining("\n"));
    }

    /** Media types that can be asked for. */
    String[] supported() {
        return forms.keySet().toArray(String[]::new);
    }

    /** Media types that are sent unasked. */
    String[] preferred() {
        return Stream.concat(Stream.of(TEXT), BETTER.stream().filter(forms::containsKey).limit(1))
                .toArray(String[]::new);
    }

    /** Offers each form by its media type, to be made only if it is asked for. */
    void offer(T value, BiConsumer<String, Supplier<Object>> to) {
        forms.forEach((mediaType, form) -> to.accept(mediaType, () -> form.apply(value)));
    }

    /** A value that kernels can show: what is none, and arrays, as text. */
    static Object shown(Object value) {
        if (value == null) return "null";
        if (!value.getClass().isArray()) return value;
        String text = Arrays.deepToString(new Object[] {value});
        return text.substring(1, text.length() - 1);
    }

    private Renderer<T> with(String mediaType, Function<? super T, String> form) {
        Map<String, Function<? super T, String>> more = new LinkedHashMap<>(forms);
        more.put(mediaType, form);
        return new Renderer<>(type, more);
    }
}
