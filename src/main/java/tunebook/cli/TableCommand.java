package tunebook.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tunebook.core.TunebookException;
import tunebook.stats.Interval;
import tunebook.stats.Metric;
import tunebook.study.Figures;

/** {@code table FILE}: prints the comparison a study has written. */
@Command(name = "table", description = "Prints the comparison in a study's JSON file.")
final class TableCommand implements Callable<Integer> {
    /** Where a study has no finite number its JSON has null. */
    private static final Gson JSON =
            new GsonBuilder()
                    .registerTypeAdapter(
                            double.class,
                            new TypeAdapter<Double>() {
                                @Override
                                public void write(JsonWriter to, Double value) throws IOException {
                                    to.value(value);
                                }

                                @Override
                                public Double read(JsonReader from) throws IOException {
                                    if (from.peek() != JsonToken.NULL) return from.nextDouble();
                                    from.nextNull();
                                    return Double.NaN;
                                }
                            })
                    .create();

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "for example target/quickstart.json")
    private Path file;

    private record Recipe(
            String name,
            int seeds,
            Map<String, Interval> metrics,
            long trainable,
            double seconds,
            String device) {}

    private record Pair(String a, String b, Interval difference, double p, String verdict) {}

    private record Study(
            double seconds, double peakMemoryMiB, List<Recipe> recipes, List<Pair> pairs) {}

    @Override
    public Integer call() {
        Study study = read();
        PrintWriter out = spec.commandLine().getOut();
        List<Metric> metrics = metrics(study);
        out.printf("%-24s %5s", "recipe", "seeds");
        metrics.forEach(metric -> out.printf("  %-22s", metric.words()));
        out.printf(" %12s %8s%n", "trainable", "seconds");
        for (Recipe r : study.recipes()) {
            out.printf(Locale.ROOT, "%-24s %5d", r.name(), r.seeds());
            for (Metric metric : metrics) {
                Interval i = r.metrics().get(metric.words());
                out.printf(
                        "  %-22s",
                        Figures.value(metric, i.mean()) + " " + Figures.interval(metric, i));
            }
            out.printf(Locale.ROOT, " %,12d %8.1f%n", r.trainable(), r.seconds());
        }
        out.println();
        for (Pair p : study.pairs()) {
            Metric metric = metrics.get(0);
            out.printf(
                    Locale.ROOT,
                    "%s - %s: %s %s %s, %s, %s%n",
                    p.a(),
                    p.b(),
                    Figures.difference(metric, p.difference().mean()),
                    Figures.unit(metric),
                    Figures.difference(metric, p.difference()),
                    Figures.p(p.p()),
                    p.verdict());
        }
        if (study.pairs().stream().noneMatch(p -> p.verdict().matches("better|worse")))
            out.printf(
                    "%nNo two of these can be told apart: so few examples and seeds allow no choice by"
                            + " accuracy.%nTake the cheapest, or more test examples; the verdict in"
                            + " the notebook says more.%n");
        out.printf(
                Locale.ROOT,
                "%n%.0f s, peak memory %.0f MiB%s%n",
                study.seconds(),
                study.peakMemoryMiB(),
                study.recipes().stream()
                        .map(Recipe::device)
                        .filter(Objects::nonNull)
                        .distinct()
                        .map(device -> ", on " + device)
                        .collect(Collectors.joining()));
        return 0;
    }

    private static List<Metric> metrics(Study study) {
        return study.recipes().stream()
                .limit(1)
                .flatMap(r -> r.metrics().keySet().stream())
                .flatMap(words -> Stream.of(Metric.values()).filter(m -> m.words().equals(words)))
                .toList();
    }

    private Study read() {
        try {
            Study study = JSON.fromJson(Files.readString(file), Study.class);
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
