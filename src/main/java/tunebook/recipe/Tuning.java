package tunebook.recipe;

import java.util.Map;
import java.util.TreeMap;
import tunebook.core.Decorator;
import tunebook.core.Tensor;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.cost.Counter;
import tunebook.model.Backbone;
import tunebook.model.Head;
import tunebook.model.Model;
import tunebook.model.Programs;

/**
 * A recipe laid over a backbone: what learns, how it starts, and where the cut is.
 *
 * @param recipe what is laid
 * @param backbone below
 * @param head on top
 * @param decorator what the method changes
 * @param learning initial values of everything that learns
 */
public record Tuning(
        Recipe recipe, Backbone backbone, Head head, Decorator decorator, Weights learning) {
    /**
     * Lays a recipe over a backbone.
     *
     * @param seed of whatever is drawn
     * @throws tunebook.core.TunebookException if the method does not fit the backbone
     */
    public static Tuning of(Recipe recipe, Backbone backbone, Head head, long seed) {
        Method method = recipe.method();
        method.check(backbone);
        Decorator decorator = method.on(backbone);
        Model model = backbone.model();
        Weights given = method.untrained() ? Weights.none() : backbone.weights();
        Map<String, Tensor> learning = new TreeMap<>();
        Counter counter =
                Counter.scan(
                        new Programs(model, head, decorator, 0).loss(), method.virtualTokens());
        for (Weight weight : counter.weights().values()) {
            boolean there =
                    given.has(weight.name())
                            && given.get(weight.name()).shape().equals(weight.shape());
            if (!there) {
                learning.put(weight.name(), weight.draw(seed, backbone.weights()));
            } else if (weight.name().startsWith(head.last() + ".")
                    || method.learns(weight.name(), model)) {
                learning.put(weight.name(), given.get(weight.name()));
            }
        }
        return new Tuning(recipe, backbone, head, decorator, Weights.of(learning));
    }

    /** How many numbers learn. */
    public long trainable() {
        return learning.elements();
    }

    /**
     * How many stages nothing that ever learns touches: 0 none, 1 the embedding, i + 1 the first i
     * blocks too.
     */
    public int cut() {
        Model model = backbone.model();
        return learning.names().stream().mapToInt(model::depth).min().orElse(model.blocks() + 1);
    }

    /** The computations, taking the first {@code cut} stages as computed. */
    public Programs programs(int cut) {
        return new Programs(backbone.model(), head, decorator, cut);
    }

    /** Whether a weight learns in this epoch. */
    public boolean learnsNow(String weight, int epoch) {
        return recipe.method().learnsNow(weight, backbone.model(), epoch);
    }

    /**
     * The factor on a weight's learning rate: layerDecay to the power of its distance from the top
     * block.
     */
    public double rateFactor(String weight) {
        int below = Math.max(0, backbone.model().blocks() - backbone.model().depth(weight));
        return Math.pow(recipe.settings().rates().layerDecay(), below);
    }
}
