package tunebook.view;

/** Makes text harmless in the format it goes into. */
final class Escape {
    private Escape() {}

    /** For HTML and XML, in text and in quoted attributes. */
    static String html(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        clean(text)
                .codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '&' -> out.append("&amp;");
                                case '<' -> out.append("&lt;");
                                case '>' -> out.append("&gt;");
                                case '"' -> out.append("&quot;");
                                case '\'' -> out.append("&#39;");
                                case '`' -> out.append("&#96;");
                                default -> out.appendCodePoint(c);
                            }
                        });
        return out.toString();
    }

    /** For a cell of a Markdown table: no markup, no HTML, one line. */
    static String markdown(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        line(text)
                .codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '&' -> out.append("&amp;");
                                case '<' -> out.append("&lt;");
                                case '>' -> out.append("&gt;");
                                case '\\', '|', '`', '*', '_', '[', ']', '!', '~', '$', '#' ->
                                        out.append('\\').appendCodePoint(c);
                                case ':', '@' -> out.append("&#").append(c).append(';');
                                default -> out.appendCodePoint(c);
                            }
                        });
        return out.toString();
    }

    /** On one line: control characters and line breaks become spaces. */
    static String line(String text) {
        return clean(text).replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    /** Puts U+FFFD where XML allows no character: control characters and lone surrogates. */
    static String clean(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(allowed(c) ? c : 0xFFFD));
        return out.toString();
    }

    private static boolean allowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= ' ' && c < 0x7F)
                || (c >= 0xA0 && c < 0xD800)
                || (c >= 0xE000 && c < 0xFFFE)
                || c >= 0x10000;
    }
}
