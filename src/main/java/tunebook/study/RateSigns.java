package tunebook.study;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tunebook.study.Diagnosis.Sign;
import tunebook.train.Ending;

/** What a learning rate that is too high leaves behind where every number stayed finite. */
final class RateSigns {
    /**
     * Times the loss of equal chances for all classes. A network that has learned nothing yet may
     * be somewhat above it; one whose steps were too long is far above.
     */
    private static final double ABOVE = 1.5;

    private RateSigns() {}

    /** A lowest validation loss far above that of knowing nothing, in half of the finished runs. */
    static Optional<Diagnosis> tooHigh(String recipe, List<String> classes, List<RunResult> runs) {
        if (classes.size() < 2) return Optional.empty();
        double ignorance = Math.log(classes.size());
        double[] all =
                runs.stream()
                        .filter(run -> run.status() == Ending.FINISHED)
                        .mapToDouble(RunResult::validationLoss)
                        .filter(Double::isFinite)
                        .toArray();
        double[] above = Arrays.stream(all).filter(loss -> loss > ABOVE * ignorance).toArray();
        if (above.length == 0 || 2 * above.length < all.length) return Optional.empty();
        return Optional.of(
                new Diagnosis(
                        recipe,
                        Sign.INSTABILITY,
                        "lowest validation loss %s, where equal chances for all %d classes cost %s, in %d of %s"
                                .formatted(
                                        loss(Arrays.stream(above).average().orElseThrow()),
                                        classes.size(),
                                        loss(ignorance),
                                        above.length,
                                        Figures.count(all.length, "seed")),
                        "a lower learning rate, a longer warm-up: the steps went past what they"
                                + " were to reach"));
    }

    private static String loss(double value) {
        return Figures.format("0.000").format(value);
    }
}
