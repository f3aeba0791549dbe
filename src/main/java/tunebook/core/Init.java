package tunebook.core;

import java.util.random.RandomGenerator;

/** How a weight is drawn before training starts. */
@FunctionalInterface
public interface Init {
    /** All zero. */
    Init ZEROS = (shape, random, given) -> new double[(int) shape.elements()];

    /** All one. */
    Init ONES =
            (shape, random, given) -> {
                double[] values = new double[(int) shape.elements()];
                java.util.Arrays.fill(values, 1);
                return values;
            };

    /** Normal with mean 0 and deviation 0.02, as BERT and GPT-2 start. */
    Init NORMAL = normal(0.02);

    /**
     * Uniform in ±1/√in for shape [out, in]: Kaiming's with a = √5, PyTorch's default of a linear
     * layer.
     */
    Init KAIMING =
            (shape, random, given) -> {
                double bound = 1 / Math.sqrt(shape.size(shape.rank() - 1));
                double[] values = new double[(int) shape.elements()];
                for (int i = 0; i < values.length; i++)
                    values[i] = random.nextDouble(-bound, bound);
                return values;
            };

    /** Uniform in ±bound. */
    static Init uniform(double bound) {
        return (shape, random, given) -> {
            double[] values = new double[(int) shape.elements()];
            for (int i = 0; i < values.length; i++) values[i] = random.nextDouble(-bound, bound);
            return values;
        };
    }

    /** Normal with mean 0 and this deviation. */
    static Init normal(double deviation) {
        return (shape, random, given) -> {
            double[] values = new double[(int) shape.elements()];
            for (int i = 0; i < values.length; i++) values[i] = deviation * random.nextGaussian();
            return values;
        };
    }

    /** The length of each row of a weight that is there already: √Σx². */
    static Init rowNorms(String weight) {
        return (shape, random, given) -> {
            Tensor matrix = given.get(weight);
            int width = matrix.shape().size(1);
            double[] norms = new double[matrix.shape().size(0)];
            for (int i = 0; i < norms.length; i++) {
                double sum = 0;
                for (int j = 0; j < width; j++)
                    sum += matrix.get(i * width + j) * matrix.get(i * width + j);
                norms[i] = Math.sqrt(sum);
            }
            return norms;
        };
    }

    /**
     * Copies of these rows of a weight that is there already, over again where they are too few.
     */
    static Init rowsOf(String weight, int... rows) {
        return (shape, random, given) -> {
            Tensor table = given.get(weight);
            int width = shape.size(1);
            double[] values = new double[(int) shape.elements()];
            for (int i = 0; i < values.length; i++)
                values[i] = table.get(rows[i / width % rows.length] * width + i % width);
            return values;
        };
    }

    /** Copies of randomly chosen rows of a weight that is there already. */
    static Init rowsOf(String weight) {
        return (shape, random, given) -> {
            Tensor table = given.get(weight);
            int width = shape.size(1);
            double[] values = new double[(int) shape.elements()];
            for (int row = 0; row < shape.size(0); row++) {
                int from = random.nextInt(table.shape().size(0));
                for (int j = 0; j < width; j++)
                    values[row * width + j] = table.get(from * width + j);
            }
            return values;
        };
    }

    /**
     * Draws the values.
     *
     * @param shape sizes of the weight
     * @param random the weight's own generator
     * @param given the backbone's weights
     * @return values, row-major
     */
    double[] draw(Shape shape, RandomGenerator random, Weights given);
}
