package tunebook.notebook;

import java.io.File;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Evaluates cells as the stock kernels do: JShell in the same JVM, real values. */
public final class StockShell {
    private final JShell shell;
    private Object last;

    /** With everything on the class path of the process. */
    public StockShell() {
        shell = JShell.builder().executionEngine(new Provider(), Map.of()).build();
        for (String entry :
                List.of(System.getProperty("java.class.path").split(File.pathSeparator)))
            shell.addToClasspath(entry);
    }

    private final class Provider implements ExecutionControlProvider {
        @Override
        public String name() {
            return "stock";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return new DirectExecutionControl() {
                @Override
                protected String invoke(Method method) throws Exception {
                    last = method.invoke(null);
                    return "";
                }
            };
        }
    }

    /** The value of a cell's last snippet; null if it has none. */
    public Object eval(String code) {
        String rest = code;
        while (!rest.isBlank()) {
            CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            last = null;
            for (SnippetEvent event : shell.eval(info.source().strip())) check(event);
            rest = info.remaining();
        }
        return last;
    }

    private void check(SnippetEvent event) {
        if (event.exception() != null) throw new IllegalStateException(event.exception());
        String wrong =
                shell.diagnostics(event.snippet())
                        .filter(d -> d.isError())
                        .map(d -> d.getMessage(null))
                        .collect(Collectors.joining("\n"));
        if (!wrong.isEmpty()) throw new IllegalStateException(wrong);
    }
}
