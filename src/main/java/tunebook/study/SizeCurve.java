package tunebook.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.stats.Metric;

/**
 * How recipes do with how many examples to learn from. Each seed learns from a sample of its own,
 * so that intervals and verdicts speak of any such sample, not of one.
 *
 * @param sizes the comparison with so many examples
 */
public record SizeCurve(Map<Integer, Comparison> sizes) {
    /** Keeps its own copy, from the fewest examples to the most. */
    public SizeCurve {
        sizes = Collections.unmodifiableMap(new TreeMap<>(sizes));
    }

    static SizeCurve of(Study study, int... examples) {
        if (examples.length == 0)
            throw new TunebookException(
                    "sizes()", "there are none", "give some, for example 50, 100, 200");
        Map<Integer, Comparison> sizes = new TreeMap<>();
        for (int count : examples) sizes.put(count, sampled(study, count));
        return new SizeCurve(sizes);
    }

    /** Run k of each recipe learns from sample k. */
    private static Comparison sampled(Study study, int examples) {
        List<RunResult> runs = new ArrayList<>();
        Comparison last = null;
        for (long sample = 1; sample <= study.seeds(); sample++) {
            last = study.data(study.data().sample(examples, sample)).seeds(1).run().comparison();
            for (RunResult run : last.runs()) runs.add(run.seed(sample));
        }
        return Comparison.of(runs, last.classes(), last.controls()).by(last.metric());
    }

    /**
     * The comparison with so many examples.
     *
     * @throws TunebookException if there is none
     */
    public Comparison at(int examples) {
        Comparison found = sizes.get(examples);
        if (found != null) return found;
        throw new TunebookException(
                "at(" + examples + ")", "there is no such size", "the sizes are " + sizes.keySet());
    }

    /** A row for each size and recipe: the metric with its interval. */
    public Table table() {
        IntColumn examples = IntColumn.create("examples");
        StringColumn recipe = StringColumn.create("recipe");
        Metric metric = sizes.values().iterator().next().metric();
        StringColumn score = StringColumn.create(metric.words());
        StringColumn interval = StringColumn.create("95%");
        sizes.forEach(
                (count, comparison) -> {
                    for (Summary summary : comparison.summaries()) {
                        examples.append(count);
                        recipe.append(summary.recipe());
                        score.append(Figures.value(metric, summary.score().mean()));
                        interval.append(Figures.interval(metric, summary.score()));
                    }
                });
        return Table.create("By examples to learn from, another sample for each seed")
                .addColumns(examples, recipe, score, interval);
    }

    /** A chart of the sizes: {@code study.sizes(50, 100, 200).plot(bySize())}. */
    public <C> C plot(Function<SizeCurve, C> chart) {
        return chart.apply(this);
    }
}
