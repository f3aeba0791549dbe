package tunebook.cli;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tunebook.core.TunebookException;

/** {@code table FILE}: prints the comparison a study has written. */
@Command(name = "table", description = "Prints the comparison in a study's JSON file.")
final class TableCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "for example target/quickstart.json")
    private Path file;

    private record Interval(double mean, double low, double high) {
        String percent() {
            return String.format(
                    Locale.ROOT, "%.1f [%.1f, %.1f]", 100 * mean, 100 * low, 100 * high);
        }

        String points() {
            return String.format(
                    Locale.ROOT, "%+.1f [%+.1f, %+.1f]", 100 * mean, 100 * low, 100 * high);
        }
    }

    private record Recipe(
            String name,
            int seeds,
            Interval accuracy,
            Interval macroF1,
            long trainable,
            double seconds) {}

    private record Pair(String a, String b, Interval difference, double p, String verdict) {}

    private record Study(
            double seconds, double peakMemoryMiB, List<Recipe> recipes, List<Pair> pairs) {}

    @Override
    public Integer call() {
        Study study = read();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%-24s %5s  %-20s  %-20s %12s %8s%n",
                "recipe", "seeds", "accuracy %", "macro-F1 %", "trainable", "seconds");
        for (Recipe r : study.recipes()) {
            out.printf(
                    Locale.ROOT,
                    "%-24s %5d  %-20s  %-20s %,12d %8.1f%n",
                    r.name(),
                    r.seeds(),
                    r.accuracy().percent(),
                    r.macroF1().percent(),
                    r.trainable(),
                    r.seconds());
        }
        out.println();
        for (Pair p : study.pairs()) {
            out.printf(
                    Locale.ROOT,
                    "%s - %s: %s points, p = %.3g, %s%n",
                    p.a(),
                    p.b(),
                    p.difference().points(),
                    p.p(),
                    p.verdict());
        }
        out.printf(
                Locale.ROOT,
                "%n%.0f s, peak memory %.0f MiB%n",
                study.seconds(),
                study.peakMemoryMiB());
        return 0;
    }

    private Study read() {
        try {
            Study study = new Gson().fromJson(Files.readString(file), Study.class);
            if (study == null || study.recipes() == null || study.pairs() == null) {
                throw new JsonParseException("no recipes or no pairs");
            }
            return study;
        } catch (IOException e) {
            throw new TunebookException(
                    "table " + file, "the file cannot be read", "run ./tunebook quickstart", e);
        } catch (JsonParseException e) {
            throw new TunebookException(
                    "table " + file,
                    "it is no study's result: " + e.getMessage(),
                    "run ./tunebook quickstart",
                    e);
        }
    }
}
