package tunebook.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.Tensor;
import tunebook.model.HeadKind;
import tunebook.onnx.Storage;
import tunebook.recipe.Tuning;
import tunebook.stats.Interval;
import tunebook.stats.Metric;
import tunebook.study.Tuned;
import tunebook.task.Part;

/** Size, worth and speed of exported graphs beside Tunebook's own predictions. */
final class Measured {
    private final Table table = Table.create("What was exported");
    private final StringColumn what = StringColumn.create("graph");
    private final DoubleColumn size = DoubleColumn.create("MB");
    private final StringColumn worth;
    private final StringColumn change = StringColumn.create("change");
    private final StringColumn gap = StringColumn.create("largest difference of a logit");
    private final StringColumn alone = StringColumn.create("ms, one");
    private final StringColumn together = StringColumn.create("ms, " + Trial.TOGETHER);
    private final Metric metric;

    private Measured(Metric metric) {
        this.metric = metric;
        this.worth = StringColumn.create(metric.words());
    }

    static Deployed of(Tuned tuned, Tuning tuning, Map<Storage, byte[]> graphs, Path folder) {
        Part test = tuned.test();
        int threads = Runtime.getRuntime().availableProcessors();
        List<Tensor> logits = new ArrayList<>();
        Trial own = Trial.own(tuned.engine(), tuning, test, logits);
        Measured measured = new Measured(own.marked().metric());
        String here = "Tunebook, " + tuned.engine().device();
        measured.row(here, Double.NaN, Optional.of(own), Optional.empty());
        List<String> notes = new ArrayList<>();
        boolean everyRow = tuned.adapter().head() == HeadKind.SPANS;
        for (Map.Entry<Storage, byte[]> graph : graphs.entrySet()) {
            double megabytes = graph.getValue().length / 1e6;
            String name = graph.getKey().words();
            if (!Stock.isThere()) {
                measured.row(name, megabytes, Optional.empty(), Optional.empty());
                continue;
            }
            var reads = Export.reads(tuning.backbone().model(), tuning.recipe().method());
            try (Stock stock = new Stock(graph.getValue(), reads, threads, everyRow)) {
                Trial trial = Trial.of(test, tuning, stock::logits, new ArrayList<>(logits));
                measured.row(name, megabytes, Optional.of(trial), Optional.of(own));
            }
        }
        notes.add(
                Stock.isThere()
                        ? String.format(
                                "Answers to the %d test examples; change against Tunebook with 95%%"
                                        + " intervals over these examples; medians of milliseconds"
                                        + " on %d threads.",
                                test.batches().size(), threads)
                        : "ONNX Runtime is not there, so nothing of the graphs was measured but"
                                + " their size. Mend: %maven com.microsoft.onnxruntime:onnxruntime:1.22.0");
        return new Deployed(folder, measured.table(), notes);
    }

    /** Of something that was not run, where there is no trial. */
    private void row(String name, double megabytes, Optional<Trial> trial, Optional<Trial> own) {
        what.append(name);
        if (Double.isNaN(megabytes)) size.appendMissing();
        else size.append(Math.round(megabytes * 100) / 100.0);
        worth.append(said(trial.map(t -> number(t.score()))));
        change.append(said(trial.flatMap(t -> own.map(o -> difference(t.than(o))))));
        gap.append(
                said(
                        trial.filter(t -> own.isPresent())
                                .map(t -> String.format(Locale.ROOT, "%.1e", t.largest()))));
        alone.append(said(trial.map(t -> String.format(Locale.ROOT, "%.2f", t.alone()))));
        together.append(said(trial.map(t -> String.format(Locale.ROOT, "%.2f", t.together()))));
    }

    private static String said(Optional<String> text) {
        return text.orElse("–");
    }

    private String number(double value) {
        return metric.share()
                ? String.format(Locale.ROOT, "%.1f%%", 100 * value)
                : String.format(Locale.ROOT, "%.4g", value);
    }

    private String difference(Interval interval) {
        double times = metric.share() ? 100 : 1;
        return String.format(
                Locale.ROOT,
                metric.share() ? "%+.1f [%.1f, %.1f] points" : "%+.3g [%.3g, %.3g]",
                times * interval.mean(),
                times * interval.low(),
                times * interval.high());
    }

    private Table table() {
        return table.addColumns(what, size, worth, change, gap, alone, together);
    }
}
