package tunebook.view;

/** A view as a whole page: light or dark as its reader has it, no script, nothing fetched. */
public final class Page {
    private static final String STYLE =
            ":root{color-scheme:light dark;--tunebook-scheme:light dark;--jp-content-font-color1:#222222;"
                    + "--jp-border-color1:#9e9e9e;--jp-border-color2:#d0d0d0}\n"
                    + "body{background:#ffffff;color:#222222;margin:1.5em}\n"
                    + "@media(prefers-color-scheme:dark){\n"
                    + ":root{--jp-content-font-color1:#e0e0e0;"
                    + "--jp-border-color1:#757575;--jp-border-color2:#424242}\n"
                    + "body{background:#111111;color:#e0e0e0}}\n";

    private Page() {}

    /**
     * A page around a fragment of HTML.
     *
     * @param title plain text
     * @param body as a view writes it
     */
    public static String of(String title, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                + " img-src data:; style-src 'unsafe-inline'\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>"
                + Escape.html(title)
                + "</title>\n<style>\n"
                + STYLE
                + "</style>\n</head>\n<body>\n"
                + body
                + "\n</body>\n</html>\n";
    }

    /** A picture for within a page. */
    public static String picture(String base64, String words) {
        return "<img style=\"max-width:100%\" alt=\""
                + Escape.html(words)
                + "\" src=\"data:image/png;base64,"
                + base64
                + "\"/>";
    }

    /** Plain text for within a page, line for line. */
    public static String text(String text) {
        return "<pre style=\"white-space:pre-wrap\">" + Escape.html(text) + "</pre>";
    }
}
