package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import tunebook.core.Adam;
import tunebook.core.Tensor;
import tunebook.core.Weights;

/** A table of which few rows are touched, between two weights that are touched as a whole. */
class OptimizerTest {
    private static final int ROWS = 300;
    private static final int WIDTH = 24;
    private static final Map<String, Integer> LENGTHS =
            new TreeMap<>(Map.of("a", 5_000, "table", ROWS * WIDTH, "z", 7));

    private final Map<String, float[]> start = new HashMap<>();
    private final Kernels kernels = new FloatKernels(2);
    private final Learning learning;
    private final Optimizer optimizer;

    OptimizerTest() {
        Backend.prepare();
        Random random = new Random(5);
        LENGTHS.forEach((name, length) -> start.put(name, drawn(random, length)));
        this.learning = new Learning(weights(start), DataType.FLOAT);
        this.optimizer = new Optimizer(learning, kernels);
    }

    private static float[] drawn(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) values[i] = (float) random.nextGaussian();
        return values;
    }

    private static Weights weights(Map<String, float[]> values) {
        Map<String, Tensor> all = new TreeMap<>();
        values.forEach(
                (name, v) ->
                        all.put(
                                name,
                                name.equals("table")
                                        ? Tensor.of(v, ROWS, WIDTH)
                                        : Tensor.of(v, v.length)));
        return Weights.of(all);
    }

    /** Which rows a step touches: few, and others each time. */
    private static int[] rows(int step) {
        return new int[] {step, step + 1, 100 + 7 * step, ROWS - 1, step};
    }

    private void step(Optimizer optimizer, Learning learning, Adam rule, int step, double z) {
        Random random = new Random(step);
        for (String name : List.of("a", "z")) {
            Learning.Part part = learning.parts().get(name);
            part.touched.all();
            Memory.put(
                    Tensor.of(drawn(random, LENGTHS.get(name)), LENGTHS.get(name)), part.gradient);
        }
        Learning.Part table = learning.parts().get("table");
        table.touched.rows(rows(step));
        for (int row : rows(step)) table.gradient.getRow(row).assign(0.1 * (row + step) / ROWS);
        optimizer.step(rule, name -> name.equals("z") ? z : 1e-2, 0.5, name -> true);
    }

    /** AdamW in double over everything, as its authors write it. */
    private Map<String, double[]> expected(Adam rule, int steps, double z) {
        Map<String, double[]> values = new HashMap<>();
        Map<String, double[][]> moments = new HashMap<>();
        LENGTHS.forEach(
                (name, length) -> {
                    double[] v = new double[length];
                    for (int i = 0; i < length; i++) v[i] = start.get(name)[i];
                    values.put(name, v);
                    moments.put(name, new double[2][length]);
                });
        for (int t = 1; t <= steps; t++) {
            Random random = new Random(t);
            Map<String, double[]> gradients = new HashMap<>();
            for (String name : List.of("a", "z")) {
                float[] drawn = drawn(random, LENGTHS.get(name));
                double[] g = new double[drawn.length];
                for (int i = 0; i < g.length; i++) g[i] = drawn[i];
                gradients.put(name, g);
            }
            double[] g = new double[ROWS * WIDTH];
            for (int row : rows(t))
                for (int j = 0; j < WIDTH; j++) g[row * WIDTH + j] = 0.1 * (row + t) / ROWS;
            gradients.put("table", g);
            double norm = 0;
            for (double[] all : gradients.values()) for (double x : all) norm += x * x;
            double shrink = Math.min(1, 0.5 / (Math.sqrt(norm) + 1e-6));
            int now = t;
            values.forEach(
                    (name, w) -> {
                        double rate = name.equals("z") ? z : 1e-2;
                        if (rate == 0) return;
                        double[] m = moments.get(name)[0];
                        double[] v = moments.get(name)[1];
                        for (int i = 0; i < w.length; i++) {
                            double x = shrink * gradients.get(name)[i];
                            m[i] = rule.beta1() * m[i] + (1 - rule.beta1()) * x;
                            v[i] = rule.beta2() * v[i] + (1 - rule.beta2()) * x * x;
                            double mean = m[i] / (1 - Math.pow(rule.beta1(), now));
                            double square = v[i] / (1 - Math.pow(rule.beta2(), now));
                            w[i] -= rate * rule.decay() * w[i];
                            w[i] -= rate * mean / (Math.sqrt(square) + rule.epsilon());
                        }
                    });
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1})
    void movesAsTheWholeTableWouldWithAndWithoutWeightDecay(double decay) {
        Adam rule = new Adam(0.9, 0.999, 1e-8, decay);
        for (int t = 1; t <= 8; t++) step(optimizer, learning, rule, t, 3e-3);
        Map<String, double[]> expected = expected(rule, 8, 3e-3);
        for (String name : LENGTHS.keySet())
            assertArrayEquals(
                    expected.get(name), learning.values().get(name).doubles(), 2e-5, name);
    }

    @Test
    void whatNeverHadAGradientKeepsItsBitsWithoutWeightDecay() {
        Adam rule = new Adam(0.9, 0.999, 1e-8, 0);
        for (int t = 1; t <= 3; t++) step(optimizer, learning, rule, t, 0);
        float[] table = learning.values().get("table").floats();
        for (int j = 0; j < WIDTH; j++) {
            assertEquals(start.get("table")[200 * WIDTH + j], table[200 * WIDTH + j]);
            assertNotEquals(start.get("table")[WIDTH + j], table[WIDTH + j]);
        }
        assertArrayEquals(start.get("z"), learning.values().get("z").floats(), "at rate 0");
    }

    @Test
    void aStepForgetsEveryGradient() {
        step(optimizer, learning, Adam.DEFAULT, 1, 0);
        for (String name : LENGTHS.keySet())
            for (double g : learning.gradients().get(name).doubles()) assertEquals(0, g, name);
    }

    @Test
    void afterItsStateIsRestoredRowsGoOnThatAreNotTouchedAgain() {
        for (int t = 1; t <= 3; t++) step(optimizer, learning, Adam.DEFAULT, t, 1e-3);
        Learning second = new Learning(learning.values(), DataType.FLOAT);
        Optimizer resumed = new Optimizer(second, kernels);
        resumed.restore(optimizer.state());
        for (int t = 4; t <= 6; t++) {
            step(optimizer, learning, Adam.DEFAULT, t, 1e-3);
            step(resumed, second, Adam.DEFAULT, t, 1e-3);
        }
        for (String name : LENGTHS.keySet())
            assertArrayEquals(
                    learning.values().get(name).floats(), second.values().get(name).floats(), name);
    }
}
