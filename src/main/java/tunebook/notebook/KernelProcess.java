package tunebook.notebook;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.LogManager;
import tunebook.core.TunebookException;

/** A JVM that is a kernel. */
public final class KernelProcess {
    private KernelProcess() {}

    /**
     * Serves one notebook until it is shut down or its Jupyter ends. Does not return.
     *
     * @param connection the file Jupyter wrote: addresses, ports, key
     * @param imports what every cell sees
     * @param lines what to say of a method, by class and name; empty of those it knows nothing of
     * @param prepare gets the host before the first cell, to register renderers
     * @throws TunebookException if the file is missing or broken
     */
    public static void run(
            Path connection,
            List<String> imports,
            UnaryOperator<String> lines,
            Consumer<Host> prepare) {
        LogManager.getLogManager().reset(); // libraries that log there would write into cells
        JupyterConnection jupyter = connect(connection);
        TunebookKernel kernel =
                new TunebookKernel(imports, lines, jupyter, () -> Runtime.getRuntime().halt(0));
        Hosts.CURRENT.set(kernel.host());
        prepare.accept(kernel.host());
        System.setOut(kernel.outlet().out());
        System.setErr(kernel.outlet().err());
        System.setIn(kernel.in());
        endWithParent();
        jupyter.connect();
        jupyter.waitUntilClose();
    }

    private static JupyterConnection connect(Path file) {
        try {
            String json = Files.readString(file);
            return new JupyterConnection(KernelConnectionProperties.parse(json));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new TunebookException(
                    "kernel run " + file,
                    "this is no connection file of Jupyter's",
                    "let Jupyter start the kernel: ./tunebook notebook",
                    e);
        }
    }

    /** A kernel whose Jupyter was killed must not stay. */
    private static void endWithParent() {
        String parent = System.getenv("JPY_PARENT_PID");
        if (parent == null || !parent.matches("[1-9][0-9]*")) {
            return;
        }
        ProcessHandle jupyter = ProcessHandle.of(Long.parseLong(parent)).orElse(null);
        if (jupyter != null) {
            Future<?> unused = jupyter.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
        }
    }
}
