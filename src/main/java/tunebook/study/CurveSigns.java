package tunebook.study;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import tunebook.study.Diagnosis.Sign;
import tunebook.train.CurvePoint;
import tunebook.train.Ending;

/** What learning curves show. A finding needs half of the finished runs. */
final class CurveSigns {
    /** Above the lowest validation loss by this share and more, a curve has turned. */
    private static final double TURNED = 0.05;

    /** A training loss that has fallen by less than this share has not moved. */
    private static final double MOVED = 0.05;

    /** A validation loss that still falls by this share from one epoch to the next goes on. */
    private static final double GOES_ON = 0.02;

    private CurveSigns() {}

    /** One run's points with both losses. */
    private record Curve(List<CurvePoint> points) {
        static List<Curve> of(List<RunResult> runs) {
            return runs.stream()
                    .filter(run -> run.status() == Ending.FINISHED)
                    .map(Curve::of)
                    .filter(curve -> curve.points.size() >= 3)
                    .toList();
        }

        private static Curve of(RunResult run) {
            return new Curve(
                    run.curve().stream()
                            .filter(
                                    p ->
                                            Double.isFinite(p.trainLoss())
                                                    && Double.isFinite(p.validationLoss()))
                            .toList());
        }

        CurvePoint first() {
            return points.get(0);
        }

        CurvePoint last() {
            return points.get(points.size() - 1);
        }

        CurvePoint lowest() {
            CurvePoint lowest = first();
            for (CurvePoint point : points)
                if (point.validationLoss() < lowest.validationLoss()) lowest = point;
            return lowest;
        }

        boolean turned() {
            return last().validationLoss() > lowest().validationLoss() * (1 + TURNED)
                    && last().trainLoss() < lowest().trainLoss();
        }

        boolean still() {
            return last().trainLoss() > first().trainLoss() * (1 - MOVED);
        }

        boolean goesOn() {
            double before = points.get(points.size() - 2).validationLoss();
            return lowest().equals(last()) && last().validationLoss() < before * (1 - GOES_ON);
        }
    }

    static Optional<Diagnosis> overfitting(String recipe, List<RunResult> runs) {
        List<Curve> curves = Curve.of(runs);
        return most(curves, Curve::turned)
                .map(
                        turned ->
                                new Diagnosis(
                                        recipe,
                                        Sign.OVERFITTING,
                                        "validation loss is lowest at epoch %s (%s) and %s at the end, training loss %s, in %s"
                                                .formatted(
                                                        mean(
                                                                turned,
                                                                "0.0",
                                                                c -> c.lowest().epoch()),
                                                        loss(
                                                                turned,
                                                                c -> c.lowest().validationLoss()),
                                                        loss(
                                                                turned,
                                                                c -> c.last().validationLoss()),
                                                        loss(turned, c -> c.last().trainLoss()),
                                                        of(turned, curves)),
                                        "fewer epochs, more weight decay or dropout, fewer weights that learn,"
                                                + " more examples; the weights of the best validation result"
                                                + " were tested, not the last ones"));
    }

    static Optional<Diagnosis> underfitting(String recipe, List<RunResult> runs) {
        List<Curve> curves = Curve.of(runs);
        Optional<Diagnosis> nothing =
                most(curves, Curve::still)
                        .map(
                                some ->
                                        new Diagnosis(
                                                recipe,
                                                Sign.UNDERFITTING,
                                                "training loss went from %s to %s only, in %s"
                                                        .formatted(
                                                                loss(
                                                                        some,
                                                                        c -> c.first().trainLoss()),
                                                                loss(
                                                                        some,
                                                                        c -> c.last().trainLoss()),
                                                                of(some, curves)),
                                                "a higher learning rate (study.search() looks for one),"
                                                        + " more epochs, more weights that learn"));
        if (nothing.isPresent()) return nothing;
        return most(curves, Curve::goesOn)
                .map(
                        some ->
                                new Diagnosis(
                                        recipe,
                                        Sign.UNDERFITTING,
                                        "validation loss was still falling when training ended, at %s, in %s"
                                                .formatted(
                                                        loss(some, c -> c.last().validationLoss()),
                                                        of(some, curves)),
                                        "more epochs, or a higher learning rate"));
    }

    private static Optional<List<Curve>> most(List<Curve> curves, Predicate<Curve> shows) {
        List<Curve> some = curves.stream().filter(shows).toList();
        return Optional.of(some).filter(s -> !s.isEmpty() && 2 * s.size() >= curves.size());
    }

    private static String of(List<Curve> some, List<Curve> all) {
        return some.size() + " of " + Figures.count(all.size(), "seed");
    }

    private static String loss(List<Curve> curves, ToDoubleFunction<Curve> value) {
        return mean(curves, "0.000", value);
    }

    private static String mean(List<Curve> curves, String form, ToDoubleFunction<Curve> value) {
        return Figures.format(form).format(curves.stream().mapToDouble(value).average().orElse(0));
    }
}
