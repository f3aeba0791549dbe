package tunebook.notebook;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What javac's parser alone says of a piece of a cell; nothing is compiled. */
final class Syntax {
    private static final String STATEMENT = "class $ {{";
    private static final String MEMBER = "class $ {";
    private static final String NO_STATEMENT = "compiler.err.not.stmt";

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files =
            compiler.getStandardFileManager(null, Locale.ROOT, null);

    /**
     * A syntax error.
     *
     * @param code javac's name of it
     * @param offset in the piece
     */
    record Flaw(String code, String message, int offset) {}

    /** The first syntax error of a piece, or null: an import, a statement or a declaration. */
    Flaw firstFlaw(String piece) {
        if (piece.stripLeading().startsWith("import ")) {
            return first("", piece, "");
        }
        Flaw flaw = first(STATEMENT, piece, "\n;}}");
        return flaw == null || first(MEMBER, piece, "\n}") == null ? null : flaw;
    }

    /** Whether a piece may stand in a method: no import, no method of its own. */
    boolean isStatement(String piece) {
        return first(STATEMENT, piece, "\n;}}") == null;
    }

    private Flaw first(String before, String piece, String after) {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavacTask task =
                (JavacTask)
                        compiler.getTask(
                                null,
                                files,
                                found,
                                List.of("-proc:none", "-Xlint:none"),
                                null,
                                List.of(new Source(before + piece + after)));
        try {
            task.parse();
        } catch (IOException e) {
            throw new IllegalStateException(e); // the source is in memory
        }
        List<Flaw> flaws = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> d : found.getDiagnostics()) {
            // an expression alone is a piece of a cell, if not a statement
            if (d.getKind() == Diagnostic.Kind.ERROR && !NO_STATEMENT.equals(d.getCode())) {
                int offset = (int) d.getPosition() - before.length();
                flaws.add(
                        new Flaw(
                                d.getCode(),
                                d.getMessage(Locale.ROOT),
                                Math.max(0, Math.min(offset, piece.length()))));
            }
        }
        return flaws.isEmpty() ? null : flaws.get(0);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String code) {
            super(URI.create("string:///$.java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
