package tunebook.notebook;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
import tunebook.core.TunebookException;

/**
 * Evaluates notebook cells with JShell in this JVM and gives back real objects. One cell at a time;
 * {@link #interrupt} may come from any thread.
 */
public final class Cells implements AutoCloseable {
    private static final long INDEX_NANOS = 20_000_000_000L;

    private final Lane lane;
    private final CellControl control;
    private final JShell shell;
    private final CellSource source;
    private final Failures failures = new Failures();
    private final List<String> notes = new ArrayList<>();
    private int cell;

    /**
     * @param imports what every cell sees, as in {@code java.util.*} or {@code static
     *     java.lang.Math.*}
     * @throws TunebookException if one of them does not exist
     */
    public Cells(List<String> imports) {
        this(imports, new Interrupts());
    }

    Cells(List<String> imports, Interrupts interrupts) {
        lane = new Lane(interrupts);
        control = new CellControl(lane);
        shell =
                JShell.builder()
                        .executionEngine(control, Map.of())
                        .compilerOptions("-Xlint:none", "-proc:none", "-parameters", "-g")
                        .build();
        for (String name : imports) {
            for (SnippetEvent event : shell.eval("import " + name + ";")) {
                if (event.status() == Status.REJECTED) {
                    close();
                    throw new TunebookException(
                            "session import " + name,
                            "there is no such package or class",
                            "put its jar on the kernel's class path, or leave the import out");
                }
            }
        }
        // it reads every jar in the background, while the imports want the processor
        source = new CellSource(shell.sourceCodeAnalysis());
    }

    /**
     * Runs a cell.
     *
     * @return the value of its last expression; null if there is none, if it is null, or if a
     *     semicolon silences it
     * @throws CellException if it does not compile, throws, or is interrupted
     */
    public Object eval(String code) throws CellException {
        cell++;
        lane.begin();
        notes.clear();
        CellSource.Cut cut = source.cut(code);
        checkSyntax(cut);
        Object value = null;
        Map<DeclarationSnippet, Integer> unresolved = new LinkedHashMap<>();
        for (CellSource.Piece piece : cut.pieces()) {
            value = run(piece, cut.text(), unresolved);
            if (lane.interrupted()) {
                throw Failures.interrupted(false);
            }
        }
        for (var declared : unresolved.entrySet()) {
            Status now = shell.status(declared.getKey());
            if (now == Status.RECOVERABLE_DEFINED || now == Status.RECOVERABLE_NOT_DEFINED) {
                throw Failures.unresolved(
                        shell, declared.getKey(), cut.text(), declared.getValue());
            }
        }
        return CellSource.silent(code) ? null : value;
    }

    /** What a person should know of the last cell besides its value, one sentence each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Nothing of a cell runs while any of it is no Java. */
    private void checkSyntax(CellSource.Cut cut) throws CellException {
        for (CellSource.Piece piece : cut.pieces()) {
            Syntax.Flaw flaw = source.flaw(piece.code());
            if (flaw != null) {
                throw Failures.syntax(flaw.message(), cut.text(), piece.offset() + flaw.offset());
            }
        }
        if (!cut.open().isEmpty()) {
            Syntax.Flaw flaw = source.flaw(cut.open());
            String message = flaw == null ? "the statement is not finished" : flaw.message();
            int offset = flaw == null ? cut.open().length() : flaw.offset();
            throw Failures.syntax(message, cut.text(), cut.openOffset() + offset);
        }
    }

    private Object run(
            CellSource.Piece piece, String text, Map<DeclarationSnippet, Integer> unresolved)
            throws CellException {
        control.begin();
        Object value = null;
        Set<String> declared = new HashSet<>();
        for (SnippetEvent event : shell.eval(piece.code())) {
            Snippet snippet = event.snippet();
            if (event.causeSnippet() != null) {
                noteIfGone(event);
                continue;
            }
            if (event.status() == Status.REJECTED) {
                throw Failures.rejected(shell, snippet, text, piece.offset());
            }
            failures.place(snippet, cell, text, piece.offset());
            if (snippet instanceof VarSnippet variable) declared.add(variable.name());
            if (control.thrown() != null || event.exception() != null) {
                if (snippet.kind() == Snippet.Kind.VAR && event.previousStatus() != Status.VALID) {
                    shell.drop(snippet); // or it would stay, with the value 0 or null
                }
                throw failure(event);
            }
            if (snippet instanceof DeclarationSnippet missing
                    && (event.status() == Status.RECOVERABLE_DEFINED
                            || event.status() == Status.RECOVERABLE_NOT_DEFINED)) {
                unresolved.put(missing, piece.offset());
            }
            if (snippet.subKind() == SubKind.VAR_DECLARATION_SUBKIND
                    && event.previousStatus() == Status.VALID) {
                control.clear(((DeclarationSnippet) snippet).name());
            }
            value =
                    switch (snippet.subKind()) {
                        case OTHER_EXPRESSION_SUBKIND,
                                TEMP_VAR_EXPRESSION_SUBKIND,
                                VAR_VALUE_SUBKIND ->
                                control.value();
                        default -> null;
                    };
        }
        control.lost().stream().filter(name -> !declared.contains(name)).forEach(this::noteGone);
        return value;
    }

    private void noteIfGone(SnippetEvent event) {
        if (event.snippet() instanceof VarSnippet variable
                && event.previousStatus() == Status.VALID
                && event.status() != Status.VALID
                && event.status() != Status.OVERWRITTEN) { // by this cell, which sets it anew
            noteGone(variable.name());
        }
    }

    private void noteGone(String variable) {
        notes.add(variable + " is gone: its type was defined again. Run the cell that sets it.");
    }

    private CellException failure(SnippetEvent event) {
        if (control.thrown() instanceof Lane.LeftBehind) {
            return Failures.interrupted(true);
        }
        if (lane.interrupted()) {
            return Failures.interrupted(false);
        }
        Throwable thrown = control.thrown() == null ? event.exception() : control.thrown();
        return failures.thrown(thrown, event.exception());
    }

    /**
     * Stops the running cell: asks whoever registered a stop hook, then interrupts the cell's
     * thread, and leaves the cell behind after 1.4 s.
     */
    public void interrupt() {
        lane.interrupt();
    }

    /** {@code complete}, {@code invalid}, or the indent of the line that should follow. */
    String completeness(String code) {
        CellSource.Cut cut = source.cut(code);
        if (cut.open().isEmpty()) {
            return cut.pieces().stream().allMatch(p -> source.flaw(p.code()) == null)
                    ? "complete"
                    : "invalid";
        }
        return switch (shell.sourceCodeAnalysis().analyzeCompletion(cut.open()).completeness()) {
            case UNKNOWN -> "invalid";
            default -> "    ";
        };
    }

    /** Makes a jar or a folder of classes known to the cells that follow. */
    void addToClasspath(Path path) {
        awaitIndex();
        shell.addToClasspath(path.toString());
        awaitIndex();
    }

    /** JShell reads class paths in the background too, and misses packages if both meet. */
    private void awaitIndex() {
        long end = System.nanoTime() + INDEX_NANOS;
        while (!analysis().listQualifiedNames("Object", 6).isUpToDate()
                && System.nanoTime() < end) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    SourceCodeAnalysis analysis() {
        return shell.sourceCodeAnalysis();
    }

    CellSource source() {
        return source;
    }

    @Override
    public void close() {
        shell.close();
        lane.close();
    }
}
