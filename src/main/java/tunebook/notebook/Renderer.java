package tunebook.notebook;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * How values of a type look. A notebook gets text and the best of the others: HTML, SVG, PNG in
 * this order; the rest is made only when asked for.
 *
 * @param type values of this type and its subtypes
 * @param forms by media type; PNG as Base64
 */
public record Renderer<T>(Class<T> type, Map<String, Function<? super T, String>> forms) {
    static final String TEXT = "text/plain";
    static final String HTML = "text/html";
    static final String SVG = "image/svg+xml";
    static final String PNG = "image/png";

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

    private Renderer<T> with(String mediaType, Function<? super T, String> form) {
        Map<String, Function<? super T, String>> more = new LinkedHashMap<>(forms);
        more.put(mediaType, form);
        return new Renderer<>(type, more);
    }
}
