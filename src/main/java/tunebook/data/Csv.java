package tunebook.data;

import java.util.ArrayList;
import java.util.List;
import tunebook.core.TunebookException;

/**
 * Cells with a comma, a semicolon or a tab between them, one row after another. A cell in quotes
 * may hold separators, line ends and doubled quotes; blank lines are no rows.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class Csv {
    private final String name;
    private final String text;
    private final char separator;
    private int at;
    private int line = 1;
    private int rowLine;

    Csv(String name, String text, char separator) {
        this.name = name;
        this.text = text;
        this.separator = separator;
    }

    /** A semicolon if the first row has some outside quotes, and no comma; else a comma. */
    static char separator(String text) {
        boolean quoted = false;
        boolean semicolons = false;
        for (char c : text.stripLeading().toCharArray()) {
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            if (c == ',') return ',';
            semicolons |= c == ';';
            if (c == '\n' || c == '\r') break;
        }
        return semicolons ? ';' : ',';
    }

    /** Line of the file in which the last row began. */
    int line() {
        return rowLine;
    }

    /** The cells of the next row, or null after the last. */
    List<String> next() {
        while (at < text.length() && atLineEnd()) endLine();
        if (at == text.length()) return null;
        rowLine = line;
        List<String> cells = new ArrayList<>();
        do {
            cells.add(text.startsWith("\"", at) ? quoted() : plain());
        } while (separator());
        if (at < text.length()) endLine();
        return cells;
    }

    private String plain() {
        int from = at;
        while (at < text.length() && text.charAt(at) != separator && !atLineEnd()) at++;
        return text.substring(from, at);
    }

    private String quoted() {
        int firstLine = line;
        StringBuilder cell = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '"') {
                if (atLineEnd()) {
                    cell.append('\n');
                    endLine();
                } else {
                    cell.append(c);
                    at++;
                }
            } else if (text.startsWith("\"\"", at)) {
                cell.append('"');
                at += 2;
            } else {
                at++;
                if (at < text.length() && text.charAt(at) != separator && !atLineEnd()) {
                    throw broken(line, "goes on after a closing quote");
                }
                return cell.toString();
            }
        }
        throw broken(firstLine, "opens a quote that is never closed");
    }

    // What follows such a row cannot be told apart from it, so there is no skipping it.
    private TunebookException broken(int where, String what) {
        return new TunebookException(
                name + " line " + where, what, "write a quote inside a quoted cell twice: \"\"");
    }

    private boolean separator() {
        if (at == text.length() || text.charAt(at) != separator) return false;
        at++;
        return true;
    }

    private boolean atLineEnd() {
        char c = text.charAt(at);
        return c == '\n' || c == '\r';
    }

    private void endLine() {
        at += text.startsWith("\r\n", at) ? 2 : 1;
        line++;
    }
}
