package tunebook.view;

import java.util.List;
import tunebook.study.RunResult;
import tunebook.train.CurvePoint;

/**
 * The losses of one run, ended or still running.
 *
 * @param recipe the recipe's name
 * @param points in the order of the steps
 */
public record LossCurve(String recipe, List<CurvePoint> points) {
    /** Keeps its own copy. */
    public LossCurve {
        points = List.copyOf(points);
    }

    /** The curve of a run that ended. */
    public static LossCurve of(RunResult run) {
        return new LossCurve(run.recipe(), run.curve());
    }
}
