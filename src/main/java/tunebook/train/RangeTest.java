package tunebook.train;

import java.util.ArrayList;
import java.util.List;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Session;
import tunebook.data.Batches;
import tunebook.model.Programs;
import tunebook.recipe.Settings;
import tunebook.recipe.Tuning;

/**
 * The learning-rate range test: steps with a rate that grows from tiny to far too large, and the
 * loss of each. It trains a copy of its own and throws it away: weights, data and stored runs stay
 * as they are.
 *
 * @param points in the order of the steps; they end where the loss has doubled or is not finite
 * @see <a href="https://arxiv.org/abs/1506.01186">Smith 2017, §3.3</a>
 */
public record RangeTest(List<Point> points) {
    private static final double LOWEST = 1e-7;
    private static final double HIGHEST = 10;
    private static final double KEPT = 0.9;
    private static final double TOO_MUCH = 2;

    /** Steps after which the mean says more than its first batch. */
    private static final int SETTLING = 10;

    /** Keeps its own copy. */
    public RangeTest {
        points = List.copyOf(points);
    }

    /**
     * A step.
     *
     * @param rate learning rate, at which the step was made
     * @param loss mean of the steps so far, the latest counting most
     */
    public record Point(double rate, double loss) {}

    /**
     * Tests.
     *
     * @param train examples to learn from
     * @param steps from the lowest rate to the highest, at least 10
     * @param seed of order and dropout
     */
    public static RangeTest of(
            Engine engine, Engine.Held held, Tuning tuning, Batches train, int steps, long seed) {
        Settings settings = tuning.recipe().settings();
        Programs programs = tuning.programs(0);
        Adam usual = Adam.DEFAULT;
        Adam rule =
                new Adam(
                        usual.beta1(),
                        usual.beta2(),
                        usual.epsilon(),
                        settings.restraint().weightDecay());
        List<Point> points = new ArrayList<>();
        double mean = 0;
        double least = Double.POSITIVE_INFINITY;
        try (Session session = engine.open(held, tuning.constants(), tuning.learning(), seed)) {
            List<int[]> epoch = List.of();
            for (int step = 0; step < steps; step++) {
                int at = epoch.isEmpty() ? 0 : step % epoch.size();
                if (at == 0) epoch = train.epoch(seed, step, settings.budget().batchSize());
                Batch batch = tuning.plan().batch(train.batch(epoch.get(at)));
                double loss = session.accumulate(programs.loss(), batch, 1);
                mean = KEPT * mean + (1 - KEPT) * loss;
                double smooth = mean / (1 - Math.pow(KEPT, step + 1));
                if (!Double.isFinite(smooth) || smooth > TOO_MUCH * least) break;
                least = Math.min(least, smooth);
                double rate = LOWEST * Math.pow(HIGHEST / LOWEST, step / (steps - 1.0));
                points.add(new Point(rate, smooth));
                double norm =
                        session.step(
                                rule,
                                name -> rate * tuning.rateFactor(name, 0),
                                settings.restraint().maxNorm());
                if (!Double.isFinite(norm)) break;
            }
        }
        return new RangeTest(points);
    }

    /**
     * A tenth of the rate at which the loss is least: high enough to learn, and well below where
     * training breaks. NaN where the loss never falls.
     */
    public double suggestion() {
        Point least = null;
        for (Point point : points.subList(Math.min(points.size(), SETTLING), points.size()))
            if (least == null || point.loss() < least.loss()) least = point;
        if (least == null || least.loss() >= points.get(SETTLING - 1).loss()) return Double.NaN;
        return least.rate() / 10;
    }
}
