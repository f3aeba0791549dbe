package tunebook.recipe;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tunebook.core.Tensor;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.model.Head;
import tunebook.model.Model;
import tunebook.model.Programs;

/**
 * A recipe laid over a backbone: what learns, how it starts, and where the cut is.
 *
 * @param plan what is laid over what
 * @param backbone below
 * @param constants values of what the method adds and never moves
 * @param learning initial values of everything that learns
 */
public record Tuning(Plan plan, Backbone backbone, Weights constants, Weights learning) {
    /**
     * Lays a recipe over a backbone.
     *
     * @param seed of whatever is drawn
     * @throws tunebook.core.TunebookException if the method does not fit the backbone
     */
    public static Tuning of(Recipe recipe, Backbone backbone, Head head, long seed) {
        Plan plan = Plan.of(recipe, backbone.outline(), head);
        Origin origin = recipe.method().origin();
        return new Tuning(
                plan,
                backbone,
                values(plan.constants(), origin, backbone.weights(), seed),
                values(plan.learning(), origin, backbone.weights(), seed));
    }

    /** What the backbone has starts as the method says; what it has not is drawn. */
    private static Weights values(List<Weight> some, Origin origin, Weights backbone, long seed) {
        Map<String, Tensor> values = new TreeMap<>();
        for (Weight weight : some) {
            boolean there =
                    backbone.has(weight.name())
                            && backbone.get(weight.name()).shape().equals(weight.shape());
            Origin own = there ? origin : Origin.RANDOM;
            values.put(weight.name(), own.value(weight, backbone, seed));
        }
        return Weights.of(values);
    }

    /** What is laid. */
    public Recipe recipe() {
        return plan.recipe();
    }

    /** How many numbers learn. */
    public long trainable() {
        return plan.trainable();
    }

    /** How many stages nothing that ever learns touches; see {@link Plan#cut}. */
    public int cut() {
        return plan.cut();
    }

    /** The computations, taking the first {@code cut} stages as computed. */
    public Programs programs(int cut) {
        return new Programs(backbone.model(), plan.head(), plan.decorator(), cut);
    }

    /** Whether a weight learns in this epoch. */
    public boolean learnsNow(String weight, int epoch) {
        return recipe().method().learnsNow(weight, backbone.model(), epoch);
    }

    /**
     * The factor on a weight's learning rate in this epoch: the method's, times layerDecay to the
     * power of the distance from the top block. 0 for running statistics, which no optimizer moves.
     */
    public double rateFactor(String weight, int epoch) {
        if (plan.isRunning(weight)) return 0;
        Model model = backbone.model();
        int below = Math.max(0, model.blocks() - model.depth(weight));
        return recipe().method().rateFactor(weight, model, epoch)
                * Math.pow(recipe().settings().rates().layerDecay(), below);
    }
}
