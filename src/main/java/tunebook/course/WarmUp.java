package tunebook.course;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import tunebook.study.Result;

/** Lesson 5: the factor on the rate, by the share of steps done; warm-up in the first fifth. */
final class WarmUp implements Lesson {
    private static final String WITH = "warm-up";
    private static final String WITHOUT = "no warm-up";
    private static final double TOP = 0.2;
    private static final double NEAR = 1e-6;

    @Override
    public Optional<String> hint(Answer answer) {
        DoubleUnaryOperator factor = answer.get(1, DoubleUnaryOperator.class);
        answer.result(0, WITH, WITHOUT);
        double top = factor.applyAsDouble(TOP);
        for (int i = 0; i < 100; i++) {
            double done = i / 100.0;
            double here = factor.applyAsDouble(done);
            double next = factor.applyAsDouble(done + 0.01);
            boolean rising = done + 0.01 <= TOP + NEAR;
            if (rising ? next > here : next < here) continue;
            return Optional.of(
                    Shown.text(
                            "It ought to %s from %.2f to %.2f of the steps, and goes from %.3f to %.3f.",
                            rising ? "rise" : "fall", done, done + 0.01, here, next));
        }
        if (Math.abs(top - 1) > NEAR)
            return Optional.of(
                    "At its highest, after a fifth of the steps, the factor has to be 1.");
        if (Math.abs(factor.applyAsDouble(1)) > NEAR)
            return Optional.of(
                    "At the end, where all steps are done, something is left of the rate.");
        if (Math.abs(factor.applyAsDouble(TOP / 2) - 0.5) > NEAR
                || Math.abs(factor.applyAsDouble((1 + TOP) / 2) - 0.5) > NEAR)
            return Optional.of("Ends and top are right; between them the lines are not straight.");
        return Optional.empty();
    }

    @Override
    public String seen(Answer answer) {
        Result atOneRate = answer.get(0, Result.class);
        return Shown.text(
                "Over a run it is %.2f on average, and %.2f if the rate falls from the first step:"
                        + " a warm-up does not lower the rate, it moves it to later. What the lesson's"
                        + " runs say of it: %s %s",
                mean(answer.get(1, DoubleUnaryOperator.class)),
                mean(done -> 1 - done),
                Shown.verdict(atOneRate),
                Shown.meaning(
                        atOneRate.comparison().pair(WITH, WITHOUT),
                        "So here a gentle beginning pays.",
                        "So here a gentle beginning costs more than it brings.",
                        "So here nobody can say that the beginning matters."));
    }

    private static double mean(DoubleUnaryOperator factor) {
        return IntStream.range(0, 1000)
                .mapToDouble(i -> factor.applyAsDouble((i + 0.5) / 1000))
                .average()
                .orElseThrow();
    }
}
