package tunebook.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tunebook.core.TunebookException;

/**
 * Measures Tunebook against DJL on libtorch and DL4J, and against itself. For each case two JVMs
 * warm up and then do a unit of work in turn, A B, B A, A B …; neither has the other's threads
 * beside it.
 */
@Command(
        name = "bench",
        description = "Measures speed against DJL on libtorch and DL4J.",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "7",
            description = "pairs of units a case, 7 if not said; below 6 intervals say less")
    private int pairs;

    @Option(names = "--gpu", description = "measure an NVIDIA card beside PyTorch and PEFT")
    private boolean gpu;

    @Parameters(paramLabel = "NAME", description = "cases, all if there is none")
    private String[] names = {};

    private Bench() {}

    /** Runs, and ends with what {@link #call} gives. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    /**
     * Runs the cases of these names; the exit status is 1 where one failed, 2 where a name is
     * unknown. A goal that was missed is no failure.
     */
    @Override
    public Integer call() throws IOException {
        List<Case> cases;
        try {
            cases = gpu ? Cases.chosenOfCard(names) : Cases.chosen(names);
        } catch (TunebookException e) {
            System.err.println(e.getMessage());
            return 2;
        }
        warnOfOthers();
        List<Row> rows = new ArrayList<>();
        for (Case which : cases) {
            System.err.println(which.name() + " ...");
            Row row = run(which);
            rows.add(row);
            System.err.println(Table.line(row));
            write(rows);
        }
        System.out.println(Table.of(rows));
        return rows.stream().anyMatch(Row::failed) ? 1 : 0;
    }

    /**
     * Threads that spin while they wait are several times too slow where they have no core each.
     */
    private static void warnOfOthers() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (load > 0.5)
            System.err.printf(
                    Locale.ROOT,
                    "load average %.1f: where others compute, ratios say little%n",
                    load);
    }

    private Row run(Case which) {
        try {
            return which.terms().fresh() ? afresh(which) : inTurn(which);
        } catch (TunebookException | IOException e) {
            return Row.failed(which, e.getMessage());
        }
    }

    private Row inTurn(Case which) throws IOException {
        Pairs measured = new Pairs(which);
        try (Contender ours = new Contender(which, true);
                Contender peer = new Contender(which, false)) {
            for (int i = 0; i < pairs; i++) pair(measured, ours, peer, i % 2 == 0);
        }
        return measured.row();
    }

    private static void pair(Pairs pairs, Contender ours, Contender peer, boolean oursFirst) {
        if (oursFirst) {
            var a = ours.unit();
            pairs.add(a, peer.unit());
        } else {
            var b = peer.unit();
            pairs.add(ours.unit(), b);
        }
    }

    private Row afresh(Case which) throws IOException {
        Pairs measured = new Pairs(which);
        for (int i = 0; i < pairs; i++) {
            try (Contender ours = new Contender(which, true);
                    Contender peer = new Contender(which, false)) {
                pair(measured, ours, peer, i % 2 == 0);
            }
        }
        return measured.row();
    }

    private static void write(List<Row> rows) throws IOException {
        Files.writeString(Path.of(System.getProperty("bench.json")), Row.json(rows));
    }
}
