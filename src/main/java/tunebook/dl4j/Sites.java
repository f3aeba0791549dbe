package tunebook.dl4j;

import java.util.Arrays;
import tunebook.core.BatchNorm;
import tunebook.core.Init;
import tunebook.core.Linear;
import tunebook.core.Role;
import tunebook.core.Shape;
import tunebook.core.Weight;

/** Sites with DL4J's names of parameters. */
final class Sites {
    private Sites() {}

    static Linear linear(String layer, int in, int out, boolean bias) {
        return new Linear(
                layer,
                new Weight(layer + ".W", Shape.of(out, in), Init.KAIMING),
                bias ? new Weight(layer + ".b", Shape.of(out), Init.ZEROS) : null,
                Role.OTHER);
    }

    /** Without gain and bias where they are locked; DL4J's decay is 1 − momentum. */
    static BatchNorm batchNorm(
            String layer, int width, double decay, double epsilon, boolean locked) {
        Shape shape = Shape.of(width);
        return new BatchNorm(
                layer,
                locked ? null : new Weight(layer + ".gamma", shape, Init.ONES),
                locked ? null : new Weight(layer + ".beta", shape, Init.ZEROS),
                new BatchNorm.Running(
                        Weight.running(layer + ".mean", shape, Init.ZEROS),
                        Weight.running(layer + ".var", shape, Init.ONES),
                        1 - decay,
                        false),
                epsilon);
    }

    static Weight constant(String name, int width, double value) {
        Init init =
                (shape, random, given) -> {
                    double[] values = new double[(int) shape.elements()];
                    Arrays.fill(values, value);
                    return values;
                };
        return new Weight(name, Shape.of(width), init).constant(name);
    }
}
