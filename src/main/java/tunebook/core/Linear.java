package tunebook.core;

import java.util.List;

/**
 * Where a model multiplies by a weight: y = x·Wᵀ + b.
 *
 * @param name the site, for example {@code bert.encoder.layer.0.attention.self.query}
 * @param weight [out, in]
 * @param bias [out], or null where there is none
 * @param role what it does in its block
 */
public record Linear(String name, Weight weight, Weight bias, Role role) implements Site {
    /** A site whose weights are called {@code name.weight} and {@code name.bias}. */
    public static Linear of(String name, int in, int out) {
        return new Linear(
                name,
                new Weight(name + ".weight", Shape.of(out, in), Init.NORMAL),
                new Weight(name + ".bias", Shape.of(out), Init.ZEROS),
                Role.OTHER);
    }

    /** The same without bias, starting otherwise. */
    public static Linear of(String name, int in, int out, Init init) {
        return new Linear(
                name, new Weight(name + ".weight", Shape.of(out, in), init), null, Role.OTHER);
    }

    /** The same in another role. */
    public Linear as(Role role) {
        return new Linear(name, weight, bias, role);
    }

    /** The same with the weight beginning otherwise. */
    public Linear from(Init init) {
        return new Linear(name, new Weight(weight.name(), weight.shape(), init), bias, role);
    }

    /** Width of what goes in. */
    public int in() {
        return weight.shape().size(1);
    }

    /** Width of what comes out. */
    public int out() {
        return weight.shape().size(0);
    }

    @Override
    public String toString() {
        return name + ": linear, " + role.words() + ", " + in() + " × " + out();
    }

    @Override
    public List<Weight> weights() {
        return bias == null ? List.of(weight) : List.of(weight, bias);
    }
}
