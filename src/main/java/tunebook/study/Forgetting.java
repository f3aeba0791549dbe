package tunebook.study;

import java.util.List;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.stats.Interval;
import tunebook.stats.Metric;
import tunebook.train.Source;

/** What recipes forget of what the backbone could do before. */
final class Forgetting {
    private Forgetting() {}

    /** A row for each recipe: loss before and after in nats, how much it rose, with intervals. */
    static Table of(Result result) {
        Study study = result.study();
        Source source =
                study.source()
                        .orElseThrow(
                                () ->
                                        new TunebookException(
                                                "forgetting",
                                                "the study names no source",
                                                "call .source(texts) or .source(tuned.source())"
                                                        + " before run()"));
        double before = before(study, source);
        List<Summary> all =
                result.comparison().summaries().stream()
                        .filter(s -> Double.isFinite(loss(s).mean()))
                        .toList();
        return Table.create("Loss on the source, " + source.name() + ", in nats")
                .addColumns(
                        StringColumn.create("recipe", all.stream().map(Summary::recipe)),
                        IntColumn.create(
                                "seeds", all.stream().mapToInt(s -> loss(s).n()).toArray()),
                        numbers("before", all, s -> before),
                        numbers("after", all, s -> loss(s).mean()),
                        numbers("forgotten", all, s -> loss(s).mean() - before),
                        StringColumn.create(
                                "forgotten 95%", all.stream().map(s -> rise(loss(s), before))));
    }

    private static Interval loss(Summary summary) {
        return summary.metrics().get(Metric.SOURCE_LOSS);
    }

    private static String rise(Interval after, double before) {
        if (!after.bounded()) return "–";
        return "["
                + Figures.difference(Metric.SOURCE_LOSS, after.low() - before)
                + ", "
                + Figures.difference(Metric.SOURCE_LOSS, after.high() - before)
                + "]";
    }

    private static double before(Study study, Source source) {
        Engine engine = study.execution().whole();
        try (Engine.Held held = engine.hold(study.backbone().weights(), engine.training())) {
            return source.over(study.backbone(), study.room()).before(engine, held);
        }
    }

    private static DoubleColumn numbers(
            String name, List<Summary> all, ToDoubleFunction<Summary> value) {
        DoubleColumn column = DoubleColumn.create(name, all.stream().mapToDouble(value).toArray());
        column.setPrintFormatter(Figures.format("0.000"), "–");
        return column;
    }
}
