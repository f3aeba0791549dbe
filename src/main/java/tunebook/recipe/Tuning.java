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
        Weights given = recipe.method().untrained() ? Weights.none() : backbone.weights();
        return new Tuning(
                plan,
                backbone,
                draw(plan.constants(), given, backbone, seed),
                draw(plan.learning(), given, backbone, seed));
    }

    private static Weights draw(List<Weight> some, Weights given, Backbone backbone, long seed) {
        Map<String, Tensor> values = new TreeMap<>();
        for (Weight weight : some) {
            boolean there =
                    given.has(weight.name())
                            && given.get(weight.name()).shape().equals(weight.shape());
            values.put(
                    weight.name(),
                    there ? given.get(weight.name()) : weight.draw(seed, backbone.weights()));
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
