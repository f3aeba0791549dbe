package tunebook.core;

import java.util.List;

/**
 * Where a model looks rows up.
 *
 * @param name the site
 * @param weight [rows, width]
 */
public record Embedding(String name, Weight weight) implements Site {
    /** A site whose table is called {@code name.weight}. */
    public static Embedding of(String name, int rows, int width) {
        return new Embedding(
                name, new Weight(name + ".weight", Shape.of(rows, width), Init.NORMAL));
    }

    /** How many rows the table has. */
    public int rows() {
        return weight.shape().size(0);
    }

    /** Width of a row. */
    public int width() {
        return weight.shape().size(1);
    }

    @Override
    public String toString() {
        return name + ": table, " + rows() + " × " + width();
    }

    @Override
    public List<Weight> weights() {
        return List.of(weight);
    }
}
