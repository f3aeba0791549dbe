package tunebook.course;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tunebook.stats.Holm;
import tunebook.study.Result;

/** Lesson 9: Holm's correction. */
final class Corrected implements Lesson {
    private static final double NEAR = 1e-12;

    private static final List<double[]> ASKED =
            List.of(
                    new double[] {0.03},
                    new double[] {0.01, 0.02, 0.5},
                    new double[] {0.5, 0.01, 0.02},
                    new double[] {0.012, 0.014, 0.016},
                    new double[] {0.4, 0.6, 0.9});

    @Override
    public Optional<String> hint(Answer answer) {
        int runs = FalseAlarms.scores(answer.get(0, Result.class)).length;
        Correction mine = answer.get(1, Correction.class);
        if (runs < FalseAlarms.DRAWN)
            return Optional.of(
                    "Of %d runs nobody draws four groups of five: hand in the lesson's study."
                            .formatted(runs));
        for (double[] p : ASKED) {
            double[] said = mine.adjusted(p.clone());
            if (said.length != p.length)
                return Optional.of("Of %d p values it makes %d.".formatted(p.length, said.length));
            for (int i = 0; i < p.length; i++) {
                double right = Holm.adjust(p)[i];
                if (Math.abs(said[i] - right) > NEAR)
                    return Optional.of(
                            Shown.text(
                                    "Of %s the value %s becomes %.3f, which is too %s.",
                                    Arrays.toString(p), p[i], said[i], where(said[i] < right)));
            }
        }
        return Optional.empty();
    }

    @Override
    public String seen(Answer answer) {
        double[] scores = FalseAlarms.scores(answer.get(0, Result.class));
        return FalseAlarms.of(scores, answer.get(1, Correction.class)).words();
    }

    private static String where(boolean small) {
        return small
                ? "small: a larger p must never come out smaller than a smaller one"
                : "large: only the smallest is multiplied by m, and nothing exceeds 1";
    }
}
