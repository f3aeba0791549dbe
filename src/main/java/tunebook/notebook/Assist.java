package tunebook.notebook;

import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Completion and documentation at a place in a cell. */
final class Assist {
    private final Cells cells;

    Assist(Cells cells) {
        this.cells = cells;
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
            for (String asked : List.of(until.substring(begin) + "(", until.substring(begin))) {
                List<Documentation> found =
                        cells.analysis().documentation(asked, asked.length(), javadoc);
                if (!found.isEmpty()) {
                    return String.join(
                            "\n\n", found.stream().map(Assist::text).distinct().toList());
                }
            }
        }
        return null;
    }

    private static String text(Documentation found) {
        String javadoc = found.javadoc();
        return javadoc == null || javadoc.isBlank()
                ? found.signature()
                : found.signature() + "\n" + javadoc.strip().replaceAll("<[^>]+>", "");
    }

    /** Where to begin: JShell sees all that is before the cursor, but imports confuse it. */
    private List<Integer> starts(String code) {
        int after = cells.source().lastStatements(cells.source().cut(code));
        return after == 0 ? List.of(0) : List.of(0, Math.min(after, code.length()));
    }
}
