package tunebook.notebook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import tunebook.core.TunebookException;

/** Says what went wrong in a cell, in the cell's own lines. */
final class Failures {
    private static final int LIBRARY_FRAMES = 12;

    private final Map<String, Place> places = new HashMap<>();

    /** Where a piece stands; its first line is counted from 1. */
    record Place(int cell, int line) {}

    /** Remembers where a snippet came from. */
    void place(Snippet snippet, int cell, String text, int offset) {
        places.put(snippet.id(), new Place(cell, line(text, offset)));
    }

    /** The compile errors of a rejected piece. */
    static CellException rejected(JShell shell, Snippet snippet, String text, int offset) {
        List<String> lines = new ArrayList<>();
        shell.diagnostics(snippet)
                .filter(Diag::isError)
                .forEach(
                        d -> {
                            String message = d.getMessage(Locale.ROOT);
                            int from = offset + (int) d.getPosition();
                            int to = offset + (int) d.getEndPosition();
                            lines.addAll(pointed(message, text, from, to));
                            Slips.mend(shell, message).ifPresent(lines::add);
                        });
        if (lines.isEmpty()) {
            lines.addAll(pointed("this is not Java", text, offset, offset));
        }
        return compileError(lines);
    }

    /** A syntax error found before anything ran. */
    static CellException syntax(String message, String text, int at) {
        return compileError(pointed(message, text, at, at));
    }

    /** Names a snippet uses that nothing declares. */
    static CellException unresolved(JShell shell, DeclarationSnippet snippet, String text, int at) {
        String names =
                shell.unresolvedDependencies(snippet).distinct().collect(Collectors.joining(", "));
        return compileError(pointed("cannot find " + names, text, at, at));
    }

    /** The person pressed stop. */
    static CellException interrupted(boolean leftBehind) {
        String line =
                leftBehind
                        ? "interrupted: the cell did not stop and was left behind. Mend: restart the"
                                + " kernel if it keeps the machine busy"
                        : "interrupted";
        return new CellException("Interrupted", line, List.of(line), null);
    }

    /**
     * An exception of the cell's own.
     *
     * @param translated the same as JShell tells it, with frames in snippets; null if it does not
     */
    CellException thrown(Throwable thrown, Throwable translated) {
        String name = thrown.getClass().getSimpleName();
        String message = thrown.getMessage() == null ? "" : thrown.getMessage();
        List<String> lines = new ArrayList<>();
        if (thrown instanceof TunebookException) {
            message.lines().forEach(lines::add);
        } else {
            describe("", thrown, translated, lines, 0);
        }
        return new CellException(name.isEmpty() ? "Exception" : name, message, lines, thrown);
    }

    private void describe(
            String lead, Throwable thrown, Throwable translated, List<String> lines, int depth) {
        String text;
        try {
            text = thrown.toString();
        } catch (RuntimeException e) { // a cell may define exceptions that cannot even be printed
            text = thrown.getClass().getName();
        }
        (lead + text).lines().forEach(lines::add);
        if (translated != null) {
            frames(translated.getStackTrace(), lines);
        }
        Throwable cause = thrown.getCause();
        if (cause != null && cause != thrown && depth < 8) {
            Throwable next = translated instanceof EvalException e ? e.getCause() : null;
            describe("Caused by: ", cause, next, lines, depth + 1);
        }
    }

    private void frames(StackTraceElement[] frames, List<String> lines) {
        int skipped = 0;
        int shown = 0;
        for (StackTraceElement frame : frames) {
            Place place = inSnippet(frame) ? places.get(frame.getFileName().substring(1)) : null;
            if (place != null) {
                String method = frame.getMethodName();
                String name = method == null || method.isEmpty() ? "" : method + ", ";
                int line = place.line() + frame.getLineNumber() - 1;
                lines.add("    at " + name + "cell " + place.cell() + " line " + line);
            } else if (++shown <= LIBRARY_FRAMES) {
                lines.add("    at " + frame);
            } else {
                skipped++;
            }
        }
        if (skipped > 0) {
            lines.add("    ... " + skipped + " more");
        }
    }

    private static boolean inSnippet(StackTraceElement frame) {
        return frame.getFileName() != null && frame.getFileName().startsWith("#");
    }

    private static CellException compileError(List<String> lines) {
        return new CellException("CompileError", lines.get(0), lines, null);
    }

    /** The message, the line it is about, and a caret under the place. */
    private static List<String> pointed(String message, String text, int from, int to) {
        int at = Math.max(0, Math.min(from, text.length()));
        while (at > 0 && at >= text.stripTrailing().length()) {
            at--; // an error at the end of the cell stands behind its last character
        }
        int start = text.lastIndexOf('\n', at - 1) + 1;
        int end = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
        List<String> said =
                message.lines().filter(l -> !l.strip().startsWith("location: class")).toList();
        List<String> lines = new ArrayList<>();
        lines.add("line " + line(text, at) + ": " + said.get(0));
        lines.addAll(said.subList(1, said.size()));
        lines.add("    " + text.substring(start, end));
        int width = Math.max(1, Math.min(to, end) - at);
        String indent = text.substring(start, at).replaceAll("[^\t]", " ");
        lines.add("    " + indent + "^" + "~".repeat(width - 1));
        return lines;
    }

    private static int line(String text, int at) {
        return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }
}
