package tunebook.core;

import java.util.List;

/**
 * Where a model normalizes rows.
 *
 * @param name the site
 * @param weight the gain, [width]
 * @param bias [width]
 * @param epsilon added to the variance
 */
public record Norm(String name, Weight weight, Weight bias, double epsilon) implements Site {
    /** A site whose weights are called {@code name.weight} and {@code name.bias}. */
    public static Norm of(String name, int width, double epsilon) {
        return new Norm(
                name,
                new Weight(name + ".weight", Shape.of(width), Init.ONES),
                new Weight(name + ".bias", Shape.of(width), Init.ZEROS),
                epsilon);
    }

    /** Width of a row. */
    public int width() {
        return weight.shape().size(0);
    }

    @Override
    public String toString() {
        return name + ": norm, " + width();
    }

    @Override
    public List<Weight> weights() {
        return List.of(weight, bias);
    }
}
