package tunebook.notebook;

import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Completion and documentation at a place in a cell. */
final class Assist {
    /** Class and name in a signature. */
    private static final Pattern CALLED = Pattern.compile("(\\w+\\.\\w+)\\(");

    private final Cells cells;
    private final UnaryOperator<String> lines;

    /**
     * @param lines what to say of a method, by class and name; empty of those it knows nothing of
     */
    Assist(Cells cells, UnaryOperator<String> lines) {
        this.cells = cells;
        this.lines = lines;
    }

    /** What may stand at the cursor, each once, sorted; null if nothing. */
    ReplacementOptions complete(String code, int at) {
        int[] anchor = {at};
        int skipped = 0;
        List<Suggestion> found = List.of();
        for (int begin : starts(code.substring(0, at))) {
            skipped = begin;
            found =
                    cells.analysis()
                            .completionSuggestions(code.substring(begin), at - begin, anchor);
            if (!found.isEmpty()) {
                break;
            }
        }
        if (found.isEmpty()) {
            return null;
        }
        boolean typed = found.stream().anyMatch(Suggestion::matchesType);
        List<String> words =
                found.stream()
                        .filter(s -> !typed || s.matchesType())
                        .map(Suggestion::continuation)
                        .distinct()
                        .sorted()
                        .toList();
        return new ReplacementOptions(words, skipped + anchor[0], at);
    }

    /** Signatures with parameter names and, where there are sources, Javadoc; null if unknown. */
    String document(String code, int at, boolean javadoc) {
        int end = at;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        String until = code.substring(0, end);
        for (int begin : starts(until)) {
            for (String asked : asked(until.substring(begin))) {
                List<Documentation> found =
                        cells.analysis().documentation(asked, asked.length(), javadoc);
                if (!found.isEmpty()) {
                    return String.join("\n\n", found.stream().map(this::text).distinct().toList());
                }
            }
        }
        return null;
    }

    /** What stands there as the name of a call, as it is, and the call that it ends with. */
    private static List<String> asked(String code) {
        String call = code.stripTrailing();
        int open = call.endsWith(")") ? opening(call) : -1;
        return open < 0 ? List.of(code + "(", code) : List.of(call.substring(0, open + 1), code);
    }

    /** Where the bracket was opened that the code ends with; -1 if nowhere. */
    private static int opening(String code) {
        int depth = 0;
        for (int i = code.length() - 1; i >= 0; i--) {
            if (code.charAt(i) == ')') depth++;
            if (code.charAt(i) == '(' && --depth == 0) return i;
        }
        return -1;
    }

    private String text(Documentation found) {
        String javadoc = found.javadoc();
        if (javadoc == null || javadoc.isBlank()) {
            Matcher called = CALLED.matcher(found.signature());
            String line = called.find() ? lines.apply(called.group(1)) : "";
            return line.isEmpty() ? found.signature() : found.signature() + "\n" + line;
        }
        return found.signature() + "\n" + javadoc.strip().replaceAll("<[^>]+>", "");
    }

    /** Where to begin: JShell sees all that is before the cursor, but imports confuse it. */
    private List<Integer> starts(String code) {
        int after = cells.source().lastStatements(cells.source().cut(code));
        return after == 0 ? List.of(0) : List.of(0, Math.min(after, code.length()));
    }
}
