package tunebook.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tunebook.core.Showable;
import tunebook.stats.Metric;
import tunebook.study.Progress;
import tunebook.train.CurvePoint;

/** A study under way as one picture: bar, figures so far, training losses. Thread-safe. */
public final class LiveStudy implements Showable {
    /** Steps whose losses make one point. */
    private static final int STRIDE = 5;

    /** A chart costs more than a bar: it is drawn anew at most this often. */
    private static final long CHART_NANOS = 2_000_000_000L;

    /** With more recipes nobody could tell the curves apart. */
    private static final int MOST_CURVES = 24;

    private final Map<String, Map<Integer, double[]>> losses = new LinkedHashMap<>();
    private Progress progress = Progress.before(0, Metric.ACCURACY);
    private String chart = "";
    private long drawn;

    /** Takes note of where the study is. */
    public synchronized void see(Progress now) {
        progress = now;
        // in the study's order, so that a recipe has the colour here that it has in every chart
        now.finished().forEach(f -> losses.computeIfAbsent(f.recipe(), r -> new TreeMap<>()));
        if (now.recipe().isEmpty() || now.step() == 0 || !Double.isFinite(now.lastLoss())) return;
        double[] sum =
                losses.computeIfAbsent(now.recipe(), r -> new TreeMap<>())
                        .computeIfAbsent(
                                (now.step() + STRIDE - 1) / STRIDE * STRIDE, s -> new double[2]);
        sum[0] += now.lastLoss();
        sum[1]++;
    }

    @Override
    public synchronized String html() {
        boolean over = progress.done() == progress.total();
        if (over || System.nanoTime() - drawn > CHART_NANOS) {
            boolean seen = losses.values().stream().anyMatch(steps -> !steps.isEmpty());
            boolean readable = seen && losses.size() <= MOST_CURVES;
            chart = readable ? Charts.loss(curves()).html() : "";
            drawn = System.nanoTime();
        }
        return Html.progress(progress) + chart;
    }

    @Override
    public synchronized String text() {
        return progress.done() + " of " + progress.total() + " runs done";
    }

    private List<LossCurve> curves() {
        List<LossCurve> curves = new ArrayList<>();
        losses.forEach(
                (recipe, steps) -> {
                    List<CurvePoint> points = new ArrayList<>();
                    steps.forEach(
                            (step, sum) ->
                                    points.add(
                                            new CurvePoint(
                                                    step,
                                                    Double.NaN,
                                                    sum[0] / sum[1],
                                                    Double.NaN,
                                                    Double.NaN)));
                    curves.add(new LossCurve(recipe, points));
                });
        return curves;
    }
}
