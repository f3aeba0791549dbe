package tunebook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tunebook.core.TunebookException;
import tunebook.data.AtomicFile;
import tunebook.notebook.Renderer;
import tunebook.view.Page;

/** A shown value as a file of the kind that the file's name ends in. */
final class SavedView {
    private static final Map<String, String> ENDINGS = endings();

    private SavedView() {}

    private static Map<String, String> endings() {
        Map<String, String> endings = new LinkedHashMap<>();
        endings.put(".html", Renderer.HTML);
        endings.put(".svg", Renderer.SVG);
        endings.put(".png", Renderer.PNG);
        endings.put(".csv", Renderer.CSV);
        endings.put(".md", Renderer.MARKDOWN);
        endings.put(".txt", Renderer.TEXT);
        return Collections.unmodifiableMap(endings);
    }

    static void write(Object value, Path file) {
        String where = "save " + file;
        Renderer<?> renderer =
                Views.all()
                        .filter(r -> r.type().isInstance(value))
                        .findFirst()
                        .orElseThrow(() -> unknown(where, value));
        byte[] content = content(renderer, value, where, file);
        try {
            AtomicFile.write(file, temporary -> Files.write(temporary, content));
        } catch (IOException e) {
            throw new TunebookException(
                    where, "cannot be written: " + e, "check the folder and its rights", e);
        }
    }

    private static TunebookException unknown(String where, Object value) {
        return new TunebookException(
                where,
                (value == null ? "null" : value.getClass().getName()) + " is no view",
                "give a table, a chart, or what Tunebook shows in a notebook");
    }

    private static <T> byte[] content(Renderer<T> renderer, Object any, String where, Path file) {
        T value = renderer.type().cast(any);
        Map<String, Function<? super T, String>> forms = renderer.forms();
        String name = file.getFileName().toString();
        String ending = name.substring(Math.max(0, name.lastIndexOf('.')));
        String form = ENDINGS.get(ending);
        if (Renderer.HTML.equals(form))
            return utf8(Page.of(name.substring(0, name.length() - 5), body(forms, value)));
        if (form == null || !forms.containsKey(form))
            throw new TunebookException(
                    where,
                    "a " + renderer.type().getSimpleName() + " has no form for \"" + ending + "\"",
                    "end the name in one of " + known(forms));
        String content = forms.get(form).apply(value);
        return form.equals(Renderer.PNG) ? Base64.getDecoder().decode(content) : utf8(content);
    }

    /** Every value has a page. */
    private static <T> String body(Map<String, Function<? super T, String>> forms, T value) {
        if (forms.containsKey(Renderer.HTML)) return forms.get(Renderer.HTML).apply(value);
        String text = forms.get(Renderer.TEXT).apply(value);
        return forms.containsKey(Renderer.PNG)
                ? Page.picture(forms.get(Renderer.PNG).apply(value), text)
                : Page.text(text);
    }

    private static String known(Map<String, ?> forms) {
        return String.join(
                ", ",
                ENDINGS.entrySet().stream()
                        .filter(
                                e ->
                                        e.getValue().equals(Renderer.HTML)
                                                || forms.containsKey(e.getValue()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
