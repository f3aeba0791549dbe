package tunebook.notebook;

import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
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
        SourceCodeAnalysis analysis = cells.analysis();
        int[] anchor = {at};
        int skipped = 0;
        List<Suggestion> found = analysis.completionSuggestions(code, at, anchor);
        if (found.isEmpty()) { // imports and methods before the cursor confuse JShell
            skipped = lastStatement(code.substring(0, at));
            found = analysis.completionSuggestions(code.substring(skipped), at - skipped, anchor);
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
        int start = lastStatement(until);
        for (String asked : List.of(until + "(", until, until.substring(start) + "(")) {
            List<Documentation> found =
                    cells.analysis().documentation(asked, asked.length(), javadoc);
            if (!found.isEmpty()) {
                return String.join("\n\n", found.stream().map(Assist::text).distinct().toList());
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

    private int lastStatement(String code) {
        CellSource.Cut cut = cells.source().cut(code);
        if (!cut.open().isEmpty()) {
            return Math.min(cut.openOffset(), code.length());
        }
        List<CellSource.Piece> pieces = cut.pieces();
        return pieces.isEmpty()
                ? 0
                : Math.min(pieces.get(pieces.size() - 1).offset(), code.length());
    }
}
