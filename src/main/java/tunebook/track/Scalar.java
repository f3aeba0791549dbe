package tunebook.track;

import java.util.ArrayList;
import java.util.List;
import tunebook.study.RunResult;
import tunebook.train.CurvePoint;

/**
 * A value of a run.
 *
 * @param tag what it is, for example {@code loss/train}
 * @param step optimizer steps done
 * @param value as measured, never NaN
 */
record Scalar(String tag, int step, double value) {
    /** The curve in the order of its steps, then what was measured on the test examples. */
    static List<Scalar> of(RunResult run) {
        List<Scalar> all = new ArrayList<>();
        String validation = "validation/" + run.metric().words();
        for (CurvePoint point : run.curve()) {
            add(all, "loss/train", point.step(), point.trainLoss());
            add(all, "loss/validation", point.step(), point.validationLoss());
            add(all, validation, point.step(), point.validationScore());
        }
        run.metrics()
                .forEach((metric, value) -> add(all, "test/" + metric.words(), steps(run), value));
        return all;
    }

    /** How many optimizer steps a run's curve has. */
    static int steps(RunResult run) {
        return run.curve().stream().mapToInt(CurvePoint::step).max().orElse(0);
    }

    private static void add(List<Scalar> all, String tag, int step, double value) {
        if (!Double.isNaN(value)) all.add(new Scalar(tag, step, value));
    }
}
