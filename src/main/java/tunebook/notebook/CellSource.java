package tunebook.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** A cell cut into the pieces JShell takes, one declaration or statement each. */
final class CellSource {
    private static final Pattern LAST_COMMENT =
            Pattern.compile("\\s*(//[^\\n]*|/\\*(?s:.*?)\\*/)\\s*\\z");

    /**
     * One declaration or statement.
     *
     * @param code stripped, as JShell wants it
     * @param offset where it begins in the text
     */
    record Piece(String code, int offset) {}

    /**
     * A cell in pieces.
     *
     * @param text the cell, with the semicolons that were missing
     * @param open what no piece could be made of: unfinished or not Java; empty if all is well
     */
    record Cut(String text, List<Piece> pieces, String open) {
        int openOffset() {
            return text.length() - open.length();
        }
    }

    private final SourceCodeAnalysis analysis;
    private final Syntax syntax = new Syntax();

    CellSource(SourceCodeAnalysis analysis) {
        this.analysis = analysis;
    }

    /** Cuts a cell; statements on lines of their own need no semicolon. */
    Cut cut(String cell) {
        String text = cell.stripTrailing();
        int at = 0;
        List<Piece> pieces = new ArrayList<>();
        while (true) {
            String rest = text.substring(at);
            CompletionInfo info = analysis.analyzeCompletion(rest);
            if (info.completeness() == Completeness.EMPTY) {
                return new Cut(text, List.copyOf(pieces), "");
            }
            boolean whole = info.completeness().isComplete();
            int end = whole ? text.length() - info.remaining().length() : text.length();
            int semicolon = missingSemicolon(text, at, end);
            if (semicolon >= 0) {
                text = text.substring(0, semicolon) + ";" + text.substring(semicolon);
                continue;
            }
            if (!whole) {
                return new Cut(text, List.copyOf(pieces), rest);
            }
            int start = at;
            while (start < end && Character.isWhitespace(text.charAt(start))) {
                start++;
            }
            String code = info.source().strip();
            if (!code.isEmpty()) {
                pieces.add(new Piece(code, start));
            }
            at = end;
        }
    }

    /** Where the parser wants a semicolon and the line ends, or -1. */
    private int missingSemicolon(String text, int from, int to) {
        String piece = text.substring(from, to);
        if (piece.strip().indexOf('\n') < 0) {
            return -1;
        }
        Syntax.Flaw flaw = syntax.firstFlaw(piece);
        if (flaw == null || !flaw.message().contains("';' expected")) {
            return -1;
        }
        // javac points at the token's last character or just behind it, by kind of token
        int at = flaw.offset();
        while (at < piece.length() && !endsLine(piece, at)) {
            if (Character.isWhitespace(piece.charAt(at))) {
                return -1;
            }
            at++;
        }
        return at >= piece.length() || piece.substring(0, at).isBlank() ? -1 : from + at;
    }

    private static boolean endsLine(String piece, int at) {
        int line = piece.indexOf('\n', at);
        String tail = piece.substring(at, line < 0 ? piece.length() : line).strip();
        return tail.isEmpty() || tail.startsWith("//");
    }

    /** Where the statements of a cell begin that follow its last import or method. */
    int lastStatements(Cut cut) {
        int begin = 0;
        for (Piece piece : cut.pieces()) {
            if (!syntax.isStatement(piece.code())) {
                begin = piece.offset() + piece.code().length();
            }
        }
        return Math.min(begin, cut.text().length());
    }

    /** The first syntax error of a piece, or null. */
    Syntax.Flaw flaw(String piece) {
        return syntax.firstFlaw(piece);
    }

    /** Whether a cell asks for silence: its last character, comments aside, is a semicolon. */
    static boolean silent(String cell) {
        String code = cell.strip();
        while (true) {
            String shorter = LAST_COMMENT.matcher(code).replaceFirst("");
            if (shorter.equals(code)) {
                return code.endsWith(";");
            }
            code = shorter;
        }
    }
}
