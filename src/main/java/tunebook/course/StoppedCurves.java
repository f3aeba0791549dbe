package tunebook.course;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tunebook.study.Result;
import tunebook.train.CurvePoint;

/**
 * What a stopping rule makes of runs that nobody stopped.
 *
 * @param curves validation losses of each run, epoch by epoch
 * @param kept which epoch the rule keeps of each, counted from 0
 * @param patience that it was given
 */
record StoppedCurves(List<double[]> curves, List<Integer> kept, int patience) {
    static StoppedCurves of(Result result, String recipe, StoppingRule rule, int patience) {
        List<double[]> curves =
                result.comparison().runs().stream()
                        .filter(run -> run.recipe().equals(recipe) && !run.curve().isEmpty())
                        .map(run -> run.curve().stream())
                        .map(points -> points.mapToDouble(CurvePoint::validationLoss).toArray())
                        .toList();
        List<Integer> kept =
                curves.stream().map(losses -> rule.epoch(losses.clone(), patience)).toList();
        return new StoppedCurves(curves, kept, patience);
    }

    String words() {
        return Shown.text(
                "Asked about the lesson's runs of full, with patience %d, it keeps epoch %s, counted"
                        + " from 0. %s %s",
                patience,
                kept.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                saved(),
                missed());
    }

    private String saved() {
        int all = 0;
        int taken = 0;
        for (int i = 0; i < kept.size(); i++) {
            all += curves.get(i).length;
            taken += Math.min(curves.get(i).length, kept.get(i) + patience + 1);
        }
        return taken == all
                ? "It would have let all of them go on to the end."
                : "It would have stopped after %d of their %d epochs.".formatted(taken, all);
    }

    private String missed() {
        int missed = 0;
        for (int i = 0; i < kept.size(); i++) {
            double lowest = curves.get(i)[kept.get(i)];
            if (Arrays.stream(curves.get(i)).anyMatch(loss -> loss < lowest)) missed++;
        }
        return missed == 0
                ? "In none of them would a lower loss have come later: nothing is missed."
                : "In %d of %d a lower loss would have come after the end: that is the price."
                        .formatted(missed, kept.size());
    }
}
