package tunebook.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code doctor}: what works here, and how to mend what does not. */
@Command(
        name = "doctor",
        description = "Says what works on this machine and how to mend what does not.")
final class DoctorCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    /** 0 if nothing is missing that the main job needs. */
    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        boolean well = true;
        for (Finding finding : Checkup.all()) {
            out.println(finding.line());
            well &= finding.state() != Finding.State.MISSING;
        }
        return well ? 0 : 1;
    }
}
