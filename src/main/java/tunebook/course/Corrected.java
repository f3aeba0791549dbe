package tunebook.course;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tunebook.stats.Holm;

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
        Correction mine = answer.get(0, Correction.class);
        for (double[] p : ASKED) {
            double[] said = mine.adjusted(p.clone());
            if (said.length != p.length)
                return Optional.of("Of %d p values it makes %d.".formatted(p.length, said.length));
            for (int i = 0; i < p.length; i++) {
                double right = Holm.adjust(p)[i];
                if (Math.abs(said[i] - right) > NEAR)
                    return Optional.of(
                            String.format(
                                    Locale.ROOT,
                                    "Of %s the value %s becomes %.3f, which is too %s.",
                                    Arrays.toString(p),
                                    p[i],
                                    said[i],
                                    where(said[i] < right)));
            }
        }
        return Optional.empty();
    }

    private static String where(boolean small) {
        return small
                ? "small: a larger p must never come out smaller than a smaller one"
                : "large: only the smallest is multiplied by m, and nothing exceeds 1";
    }
}
