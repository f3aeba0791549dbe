package tunebook.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tunebook.Imports;
import tunebook.Views;
import tunebook.Words;
import tunebook.notebook.KernelProcess;
import tunebook.notebook.TunebookKernel;

/** {@code kernel install} and {@code kernel run}. */
@Command(name = "kernel", description = "The Jupyter kernel \"Java (Tunebook)\".")
public final class KernelCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Command(name = "install", description = "Makes the kernel known to Jupyter.")
    int install(
            @Option(
                            names = "--prefix",
                            paramLabel = "DIR",
                            description =
                                    "install below DIR/share/jupyter, not for the current user")
                    Path prefix,
            @Option(
                            names = "--gpu",
                            description = "the kernel \"Java (Tunebook, GPU)\", for NVIDIA cards")
                    boolean gpu) {
        Path data = prefix == null ? KernelSpec.userData() : KernelSpec.below(prefix);
        KernelSpec.Kind kind = gpu ? KernelSpec.Kind.GPU : KernelSpec.Kind.CPU;
        Path folder = KernelSpec.ofThisInstallation(kind).write(data);
        spec.commandLine().getOut().println("kernel installed: " + folder);
        return 0;
    }

    @Command(name = "run", description = "Serves a notebook; Jupyter calls this.")
    int run(@Parameters(paramLabel = "CONNECTION_FILE") Path connection) {
        KernelProcess.run(connection, imports(), Words::called, Views::register);
        return 0;
    }

    /** What a notebook's cells see without importing it. */
    public static List<String> imports() {
        List<String> imports = new ArrayList<>(TunebookKernel.IMPORTS);
        imports.addAll(Imports.ALL);
        return imports;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 2;
    }
}
