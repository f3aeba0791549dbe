package tunebook.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tunebook.core.TunebookException;

/** The commands behind {@code ./tunebook}. */
@Command(
        name = "tunebook",
        description = "Compare ways to fine-tune a pre-trained model, in Java notebooks.",
        subcommands = {DoctorCommand.class, KernelCommand.class, TableCommand.class})
public final class Main implements Callable<Integer> {
    @Spec private CommandSpec spec;

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, arguments));
    }

    /** Runs a command: 0 if it went well, 1 if it failed, 2 if it was called wrongly. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(Main::fail)
                .setParameterExceptionHandler(Main::misused)
                .execute(arguments);
    }

    /** Our own errors say all in their message; others are bugs, and their trace helps. */
    private static int fail(Exception e, CommandLine command, CommandLine.ParseResult unused) {
        if (e instanceof TunebookException) {
            command.getErr().println(e.getMessage());
        } else {
            e.printStackTrace(command.getErr());
        }
        return 1;
    }

    private static int misused(CommandLine.ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched
                && !command.getSubcommands().isEmpty()) {
            err.println(
                    name + " " + unmatched.getUnmatched().get(0) + ": there is no such command.");
        } else {
            err.println(name + ": " + e.getMessage());
        }
        command.usage(err);
        return 2;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 2;
    }
}
