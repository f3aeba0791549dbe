package tunebook.support;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Init;
import tunebook.core.Input;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Precision;
import tunebook.core.Program;
import tunebook.core.Role;
import tunebook.core.Session;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.cost.Counter;
import tunebook.support.OpCases.Case;

/**
 * Every operation on an engine: value against plain loops, shape against the counter, gradient
 * against central differences.
 */
public abstract class OpsContract {
    private static final double STEP = 1e-5;
    private final Engine engine;

    /**
     * @param engine to be tested
     */
    protected OpsContract(Engine engine) {
        this.engine = engine;
    }

    static Stream<Case> cases() {
        return OpCases.all().stream();
    }

    @Test
    void everyOperationHasACase() {
        TreeSet<String> operations =
                Arrays.stream(Ops.class.getMethods())
                        .map(m -> m.getName())
                        .filter(name -> !name.equals("kept")) // has no way back: KeptContract
                        .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> tested =
                cases().map(Case::name).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(operations.size() >= 15, "found only " + operations);
        assertEquals(operations, tested);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valueAgreesWithPlainLoops(Case c) {
        Weights weights = weights(c);
        double[][] expected = c.expected().apply(weights);
        compare(c, expected, Precision.DOUBLE, 1e-10);
        compare(c, expected, Precision.FLOAT, 1e-5);
    }

    private void compare(Case c, double[][] expected, Precision precision, double tolerance) {
        try (Engine.Held held = engine.hold(weights(c), precision);
                Session session = engine.open(held, Weights.none(), 1)) {
            double[][] got = OpCases.rows(session.evaluate(value(c), batch(c)));
            assertEquals(expected.length, got.length, "rows");
            for (int i = 0; i < got.length; i++)
                assertArrayEquals(expected[i], got[i], tolerance, "row " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shapeAgreesWithTheCounter(Case c) {
        double[][] expected = c.expected().apply(weights(c));
        Shape[] counted = new Shape[1];
        Counter.count(
                new Program() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        T value = c.run().apply(ops);
                        if (value instanceof Shape shape) counted[0] = shape;
                        return value;
                    }
                },
                batch(c));
        assertEquals(Shape.of(expected.length, expected[0].length), counted[0]);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientAgreesWithCentralDifferences(Case c) {
        Weights weights = weights(c);
        Weights exact = gradients(c, weights, Precision.DOUBLE);
        Program loss = loss(c);
        Batch batch = batch(c);
        int compared = 0;
        try (Engine.Held held = engine.hold(Weights.none(), Precision.DOUBLE);
                Session session = engine.open(held, weights, 1)) {
            for (String name : weights.names()) {
                double[] gradient = exact.get(name).doubles();
                if (name.startsWith("constant")) {
                    assertTrue(Arrays.stream(gradient).allMatch(g -> g == 0), name);
                    continue;
                }
                for (int i = 0; i < gradient.length; i++) {
                    session.restore(moved(weights, name, i, STEP));
                    double above = session.accumulate(loss, batch, 0);
                    session.restore(moved(weights, name, i, -STEP));
                    double difference = (above - session.accumulate(loss, batch, 0)) / (2 * STEP);
                    assertEquals(
                            difference,
                            gradient[i],
                            1e-7 + 1e-6 * Math.abs(difference),
                            name + "[" + i + "]");
                    if (Math.abs(difference) > 1e-6) compared++;
                }
            }
        }
        assertTrue(compared >= 6, "only " + compared + " gradients are not zero");
        Weights single = gradients(c, weights, Precision.FLOAT);
        for (String name : weights.names()) {
            assertArrayEquals(
                    exact.get(name).doubles(),
                    single.get(name).doubles(),
                    1e-5,
                    name + " in float");
        }
    }

    @Test
    void whatDoesNotLearnGetsNoGradient() {
        Case linear = cases().filter(c -> c.name().equals("linear")).findFirst().orElseThrow();
        Weights weights = weights(linear);
        try (Engine.Held held = engine.hold(weights, Precision.DOUBLE);
                Session session = engine.open(held, weights, 1)) {
            session.activate(name -> name.equals("linear.bias"));
            session.accumulate(loss(linear), batch(linear), 1);
            for (String name : weights.names()) {
                boolean zero =
                        Arrays.stream(session.gradients().get(name).doubles())
                                .allMatch(g -> g == 0);
                assertEquals(!name.equals("linear.bias"), zero, name);
            }
        }
    }

    @Test
    void dropoutZeroesItsShareAndKeepsTheMean() {
        Weight many = new Weight("many", Shape.of(400, 50), Init.ONES);
        Program half =
                new Program() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.crossEntropy(ops.dropout(ops.weight(many), 0.25), Input.LABELS);
                    }
                };
        Weights ones = Weights.of(Map.of("many", many.draw(1, Weights.none())));
        Batch batch = OpCases.batch().labels(new int[400], null);
        try (Engine.Held held = engine.hold(Weights.none(), Precision.FLOAT);
                Session session = engine.open(held, ones, 5)) {
            assertEquals(
                    Math.log(50),
                    session.evaluate(half, batch).get(0),
                    1e-5,
                    "no dropout while evaluating");
            double first = session.accumulate(half, batch, 1);
            double second = session.accumulate(half, batch, 1);
            assertTrue(
                    first > Math.log(50) && first != second,
                    "dropout changes the loss, and each time otherwise");
            double[] gradient = session.gradients().get("many").doubles();
            long zeros = Arrays.stream(gradient).filter(g -> g == 0).count();
            assertEquals(0.25 * 0.25, zeros / 20_000.0, 0.01, "zero in both passes");
        }
    }

    private Weights gradients(Case c, Weights weights, Precision precision) {
        try (Engine.Held held = engine.hold(Weights.none(), precision);
                Session session = engine.open(held, weights, 1)) {
            session.accumulate(loss(c), batch(c), 1);
            return session.gradients();
        }
    }

    private static Weights moved(Weights weights, String name, int i, double by) {
        double[] values = weights.get(name).doubles();
        values[i] += by;
        int[] sizes =
                weights.get(name).shape().sizes().stream().mapToInt(Integer::intValue).toArray();
        return weights.with(Weights.of(Map.of(name, Tensor.of(values, sizes))));
    }

    private static Program value(Case c) {
        return new Program() {
            @Override
            public <T> T run(Ops<T> ops) {
                return c.run().apply(ops);
            }
        };
    }

    /**
     * Cross-entropy of the case's value through a projection: every output counts, and differently.
     */
    private static Program loss(Case c) {
        return new Program() {
            @Override
            public <T> T run(Ops<T> ops) {
                T value = c.run().apply(ops);
                int width = c.expected().apply(weights(c))[0].length;
                if (c.name().equals("rowCrossEntropy"))
                    return ops.rowCrossEntropy(value, Input.STARTS);
                if (c.name().equals("squaredError")) return ops.squaredError(value, Input.TARGETS);
                if (c.name().equals("binaryCrossEntropy"))
                    return ops.binaryCrossEntropy(value, Input.TARGETS);
                return ops.crossEntropy(ops.linear(value, projection(width)), Input.LABELS);
            }
        };
    }

    private static Linear projection(int width) {
        return new Linear(
                "projection",
                new Weight("projection.weight", Shape.of(4, width), Init.normal(0.7)),
                null,
                Role.OTHER);
    }

    private static Batch batch(Case c) {
        int rows = c.expected().apply(weights(c)).length;
        int[] labels = new int[rows];
        double[] shares = new double[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = i % 4;
            shares[i] = 1 + i % 3;
        }
        double[] targets = new double[rows * c.expected().apply(weights(c))[0].length];
        for (int i = 0; i < targets.length; i++) targets[i] = 0.5 + 0.5 * Math.sin(i);
        return OpCases.batch()
                .targets(targets)
                .labels(labels, shares)
                .answers(new int[] {3, 0, 2}, new int[3])
                .prefix(c.prefix());
    }

    /** Values of everything the cases use, drawn as doubles. */
    private static Weights weights(Case c) {
        Map<String, Tensor> drawn = new TreeMap<>();
        Batch batch = OpCases.batch().prefix(c.prefix());
        Counter counter = Counter.count(value(c), batch);
        counter.weights()
                .forEach((name, weight) -> drawn.put(name, weight.draw(3, Weights.none())));
        double[][] out = c.expected().apply(Weights.of(drawn));
        Linear projection = projection(out[0].length);
        drawn.put(projection.weight().name(), projection.weight().draw(3, Weights.none()));
        return Weights.of(drawn);
    }
}
