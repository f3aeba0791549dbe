package tunebook;

import java.util.function.Function;
import tunebook.stats.Metric;
import tunebook.study.Baseline;
import tunebook.study.Comparison;
import tunebook.study.RangeTests;
import tunebook.study.Search;
import tunebook.study.SizeCurve;
import tunebook.view.Against;
import tunebook.view.BaselineChart;
import tunebook.view.Charts;
import tunebook.view.CurveCharts;
import tunebook.view.Plot;
import tunebook.view.RateCharts;

/** The words for charts. */
public abstract sealed class ChartWords extends RecipeWords permits TrackerWords {
    ChartWords() {}

    /** Accuracy, to be held against something: {@code accuracy().against(seconds())}. */
    public static Score accuracy() {
        return metric(Metric.ACCURACY);
    }

    /** What a study compares recipes by: accuracy, entity F1, nats a token and so on. */
    public static Score score() {
        return new Score(Comparison::metric);
    }

    /** One of the metrics that a study's table has. */
    public static Score metric(Metric metric) {
        return new Score(comparison -> metric);
    }

    /** Validation scores epoch by epoch: {@code result.plot(learningCurves())}. */
    public static Function<Comparison, Plot> learningCurves() {
        return CurveCharts::learning;
    }

    /** How far each recipe is from one: {@code result.against("full").plot(differences())}. */
    public static Function<Baseline, Plot> differences() {
        return BaselineChart::of;
    }

    /** Scores by examples to learn from: {@code study.sizes(50, 100).plot(bySize())}. */
    public static Function<SizeCurve, Plot> bySize() {
        return CurveCharts::sizes;
    }

    /** How each recipe's result depends on its learning rate: {@code search.plot(byRate())}. */
    public static Function<Search, Plot> byRate() {
        return RateCharts::rates;
    }

    /** The losses of a range test: {@code study.lrFind().plot(lossByRate())}. */
    public static Function<RangeTests, Plot> lossByRate() {
        return RateCharts::losses;
    }

    /** How many parameters learn. */
    public static Against trainableParameters() {
        return Against.TRAINABLE_PARAMETERS;
    }

    /** Seconds of a run. */
    public static Against seconds() {
        return Against.SECONDS;
    }

    /** Most memory of a run. */
    public static Against peakMemory() {
        return Against.PEAK_MEMORY;
    }

    /**
     * A metric of each recipe over the test examples with its 95% interval, a chart by itself or
     * against something.
     *
     * @param metric which one, of a comparison
     */
    public record Score(Function<Comparison, Metric> metric) implements Function<Comparison, Plot> {
        /** A point for each recipe. */
        public Function<Comparison, Plot> against(Against what) {
            return comparison -> Charts.against(comparison, metric.apply(comparison), what);
        }

        @Override
        public Plot apply(Comparison comparison) {
            return Charts.metric(comparison, metric.apply(comparison));
        }
    }
}
