package tunebook.core;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * A named array that a model uses: what it is called in its file, its sizes, and how it starts
 * where no file has it.
 *
 * @param name as in the file it comes from
 * @param shape sizes
 * @param init initial distribution
 * @param kind how it changes
 */
public record Weight(String name, Shape shape, Init init, Kind kind) {
    /** How a weight changes. */
    public enum Kind {
        /** By gradients, where a recipe lets it. */
        LEARNS,
        /** Never: it is drawn once. */
        CONSTANT,
        /** Without gradients, by what passes through its site while that learns. */
        RUNNING
    }

    /** A weight that may learn. */
    public Weight(String name, Shape shape, Init init) {
        this(name, shape, init, Kind.LEARNS);
    }

    /** Something that follows what passes through its site. */
    public static Weight running(String name, Shape shape, Init init) {
        return new Weight(name, shape, init, Kind.RUNNING);
    }

    /**
     * What is wrong where the weight that was given is not of this shape.
     *
     * @param got the shape in words
     */
    public TunebookException misfit(String got) {
        return new TunebookException(
                "weight " + name,
                "is " + got + " where the model takes " + shape,
                "read the weights that belong to this configuration");
    }

    /** What is wrong where it is to follow the batches and is shared with other sessions. */
    public TunebookException shared() {
        return new TunebookException(
                "weight " + name,
                "follows the batches here and is not the session's own",
                "open the session with it among what learns");
    }

    @Override
    public String toString() {
        return name + " " + shape;
    }

    /** The same as something that never learns, under another name. */
    public Weight constant(String otherName) {
        return new Weight(otherName, shape, init, Kind.CONSTANT);
    }

    /**
     * Draws initial values from a generator of the weight's own: other weights do not change them.
     */
    public Tensor draw(long seed, Weights given) {
        return tensor(init.draw(shape, generator(seed), given));
    }

    /** Values that are there already, in an order that the weight's own generator draws. */
    public Tensor shuffle(long seed, Tensor given) {
        double[] values = given.doubles();
        SplittableRandom random = generator(seed);
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double taken = values[i];
            values[i] = values[j];
            values[j] = taken;
        }
        return tensor(values);
    }

    private SplittableRandom generator(long seed) {
        long mixed = seed * 0x9E3779B97F4A7C15L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) mixed = (mixed ^ b) * 0x100000001B3L;
        return new SplittableRandom(mixed);
    }

    private Tensor tensor(double[] values) {
        return Tensor.of(values, shape.sizes().stream().mapToInt(Integer::intValue).toArray())
                .as(ElementType.F32);
    }
}
