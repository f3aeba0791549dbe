package tunebook.train;

import java.util.ArrayList;
import java.util.List;
import tunebook.recipe.Recipe;
import tunebook.recipe.Settings;
import tunebook.recipe.Settings.Decay;
import tunebook.recipe.Tuning;
import tunebook.task.Part;

/**
 * The learning-rate range test: steps with a rate that grows from tiny to far too large, and the
 * loss of each. It trains a copy of its own and throws it away: weights, data and stored runs stay
 * as they are.
 *
 * @param points in the order of the steps; they end where the loss has doubled or is not finite
 * @see <a href="https://arxiv.org/abs/1506.01186">Smith 2017, §3.3</a>
 */
public record RangeTest(List<Point> points) {
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

    /** The recipe as it is trained in a test: the rate grows to {@value #HIGHEST}. */
    public static Recipe recipe(Recipe recipe, int epochs) {
        return recipe.learningRate(HIGHEST).schedule(0, Decay.RANGE).epochs(epochs).patience(0);
    }

    /**
     * Tests: an ordinary run, which ends where the loss has doubled, and of which nothing is kept.
     *
     * @param tuning of what {@link #recipe} gave
     * @param seed of order and dropout
     */
    public static RangeTest of(
            Trainer trainer, Tuning tuning, Part train, Part validation, long seed) {
        Settings.Rates rates = tuning.recipe().settings().rates();
        List<Point> points = new ArrayList<>();
        double[] mean = {0};
        double[] least = {Double.POSITIVE_INFINITY};
        trainer.run(
                tuning,
                train,
                validation,
                seed,
                (step, steps, epoch, loss) -> {
                    mean[0] = KEPT * mean[0] + (1 - KEPT) * loss;
                    double smooth = mean[0] / (1 - Math.pow(KEPT, step));
                    if (smooth > TOO_MUCH * least[0]) return false;
                    least[0] = Math.min(least[0], smooth);
                    double rate = rates.learningRate() * rates.factor(step - 1, steps);
                    points.add(new Point(rate, smooth));
                    return true;
                });
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
