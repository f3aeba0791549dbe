package tunebook.course;

import java.util.List;
import java.util.Optional;
import tunebook.study.Result;

/** Lesson 6: which epoch early stopping keeps. */
final class EarlyStopping implements Lesson {
    private static final String FULL = "full";
    private static final String STOPPED = "full, stopped early";

    /** Losses, and what to look at where a rule fails on them. */
    private record Curve(double[] losses, int patience, String words) {}

    private static final List<Curve> CURVES =
            List.of(
                    new Curve(new double[] {0.9, 0.7, 0.6, 0.5}, 2, "a loss that falls to the end"),
                    new Curve(
                            new double[] {0.9, 0.6, 0.7, 0.5, 0.6, 0.7},
                            2,
                            "a loss that rises once and then finds a new low"),
                    new Curve(
                            new double[] {0.9, 0.6, 0.7, 0.8, 0.4},
                            2,
                            "a low that comes when patience is over"),
                    new Curve(
                            new double[] {0.9, 0.6, 0.7, 0.65, 0.62, 0.4},
                            3,
                            "losses that fall again but never below the lowest"),
                    new Curve(
                            new double[] {0.9, 0.6, 0.6, 0.6, 0.5},
                            2,
                            "a loss that only equals the lowest"));

    @Override
    public Optional<String> hint(Answer answer) {
        answer.result(0, FULL, STOPPED);
        StoppingRule rule = answer.get(1, StoppingRule.class);
        for (Curve curve : CURVES) {
            int kept = rule.epoch(curve.losses().clone(), curve.patience());
            if (kept != kept(curve))
                return Optional.of(
                        "Try %s with patience %d: it keeps epoch %d, which is another than the rule says."
                                .formatted(curve.words(), curve.patience(), kept));
        }
        return Optional.empty();
    }

    @Override
    public String seen(Answer answer) {
        Result result = answer.get(0, Result.class);
        int patience = Shown.recipe(result.study(), STOPPED).settings().budget().patience();
        return StoppedCurves.of(result, FULL, answer.get(1, StoppingRule.class), patience).words();
    }

    private static int kept(Curve curve) {
        double[] losses = curve.losses();
        int best = 0;
        for (int epoch = 1; epoch < losses.length && epoch - best <= curve.patience(); epoch++)
            if (losses[epoch] < losses[best]) best = epoch;
        return best;
    }
}
