package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.support.OpCases.WIDTH;
import static tunebook.support.OpCases.X;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tunebook.core.Batch;
import tunebook.core.BatchNorm;
import tunebook.core.Engine;
import tunebook.core.Init;
import tunebook.core.Input;
import tunebook.core.Ops;
import tunebook.core.Precision;
import tunebook.core.Program;
import tunebook.core.Session;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.core.Window;
import tunebook.cost.Counter;
import tunebook.support.ImageOpCases;
import tunebook.support.OpCases;

/** What image operations do beyond one value each: batch statistics, ties, errors, large sizes. */
class ImageOpsTest {
    private static final double[] TARGETS = new double[11 * WIDTH];
    private final Engine engine = new Nd4jEngine(2);

    static {
        for (int i = 0; i < TARGETS.length; i++) TARGETS[i] = 0.5 + 0.5 * Math.sin(i);
    }

    private interface Value {
        <T> T of(Ops<T> ops);
    }

    private static Program value(Value value) {
        return new Program() {
            @Override
            public <T> T run(Ops<T> ops) {
                return value.of(ops);
            }
        };
    }

    /** The squared error of X through a batch norm. */
    private static Program loss(BatchNorm site) {
        return value(
                new Value() {
                    @Override
                    public <T> T of(Ops<T> ops) {
                        return ops.squaredError(ops.batchNorm(ops.weight(X), site), Input.TARGETS);
                    }
                });
    }

    private static BatchNorm site(boolean unbiased) {
        BatchNorm site = ImageOpCases.BATCH_NORM;
        return new BatchNorm(
                site.name(),
                site.gain(),
                site.bias(),
                ImageOpCases.running(0.1, unbiased),
                site.epsilon());
    }

    private static Weights drawn(Program program) {
        Map<String, Tensor> values = new HashMap<>();
        Counter.count(program, batch())
                .weights()
                .forEach((name, weight) -> values.put(name, weight.draw(3, Weights.none())));
        return Weights.of(values);
    }

    private static Batch batch() {
        return OpCases.batch().targets(TARGETS);
    }

    private void run(Program program, Precision precision, Consumer<Session> use) {
        try (Engine.Held held = engine.hold(Weights.none(), precision);
                Session session = engine.open(held, drawn(program), 1)) {
            use.accept(session);
        }
    }

    private static double[][] moments(double[][] x) {
        double[][] moments = new double[2][x[0].length];
        for (int j = 0; j < x[0].length; j++) {
            for (double[] row : x) moments[0][j] += row[j] / x.length;
            for (double[] row : x) moments[1][j] += Math.pow(row[j] - moments[0][j], 2) / x.length;
        }
        return moments;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileTheGainLearnsTheBatchNormalizesAndRunningStatisticsFollow(boolean unbiased) {
        Program loss = loss(site(unbiased));
        Weights w = drawn(loss);
        double[][] x = OpCases.rows(w, X);
        double[][] batchwise = moments(x);
        double[][] y = ImageOpCases.normalized(x, batchwise[0], batchwise[1], w);
        double expected = 0;
        for (int i = 0; i < TARGETS.length; i++)
            expected += Math.pow(y[i / WIDTH][i % WIDTH] - TARGETS[i], 2) / TARGETS.length;
        double error = expected;
        for (Precision precision : List.of(Precision.FLOAT, Precision.DOUBLE)) {
            double tolerance = precision == Precision.DOUBLE ? 1e-12 : 1e-6;
            run(
                    loss,
                    precision,
                    session -> {
                        assertEquals(error, session.accumulate(loss, batch(), 1), 10 * tolerance);
                        Weights after = session.learned();
                        double factor = unbiased ? 11 / 10.0 : 1;
                        for (int j = 0; j < WIDTH; j++) {
                            assertEquals(
                                    0.9 * w.get("constant mean").get(j) + 0.1 * batchwise[0][j],
                                    after.get("constant mean").get(j),
                                    tolerance);
                            assertEquals(
                                    0.9 * w.get("constant variance").get(j)
                                            + 0.1 * factor * batchwise[1][j],
                                    after.get("constant variance").get(j),
                                    tolerance);
                        }
                    });
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BFLOAT16")
    void whileTheGainIsFrozenRunningStatisticsNormalizeAndStay(Precision precision) {
        Program loss = loss(site(true));
        Weights w = drawn(loss);
        double[] gain = w.get("batch.gain").doubles();
        double[] variance = w.get("constant variance").doubles();
        double[][] y =
                ImageOpCases.normalized(
                        OpCases.rows(w, X),
                        w.get("constant mean").doubles(),
                        w.get("constant variance").doubles(),
                        w);
        run(
                loss,
                precision,
                session -> {
                    session.activate(name -> !name.equals("batch.gain"));
                    session.accumulate(loss, batch(), 1);
                    Weights gradients = session.gradients();
                    double[] ofBias = new double[WIDTH];
                    for (int i = 0; i < TARGETS.length; i++) {
                        int j = i % WIDTH;
                        double dy = 2 * (y[i / WIDTH][j] - TARGETS[i]) / TARGETS.length;
                        ofBias[j] += dy;
                        assertEquals(
                                dy * gain[j] / Math.sqrt(variance[j] + 1e-5),
                                gradients.get("x").get(i),
                                1e-7);
                    }
                    assertArrayEquals(ofBias, gradients.get("batch.bias").doubles(), 1e-7);
                    for (double g : gradients.get("batch.gain").doubles()) assertEquals(0, g);
                    for (String name : new String[] {"constant mean", "constant variance"})
                        assertArrayEquals(
                                w.get(name).floats(), session.learned().get(name).floats());
                });
    }

    @Test
    void withoutGainTheRunningMeanDecides() {
        BatchNorm.Running running = ImageOpCases.running(0.5, false);
        Program loss = loss(new BatchNorm("bare", null, null, running, 1e-5));
        run(
                loss,
                Precision.DOUBLE,
                session -> {
                    session.activate(name -> name.equals("x"));
                    double still = session.accumulate(loss, batch(), 1);
                    assertEquals(session.evaluate(loss, batch()).get(0), still, 1e-12);
                    session.activate(name -> true);
                    double moving = session.accumulate(loss, batch(), 1);
                    assertTrue(Math.abs(moving - still) > 1e-3, moving + " and " + still);
                });
    }

    @Test
    void ofASingleRowTheRunningVarianceIsKept() {
        Weight row = new Weight("row", Shape.of(1, WIDTH), Init.normal(1));
        Program loss =
                value(
                        new Value() {
                            @Override
                            public <T> T of(Ops<T> ops) {
                                return ops.squaredError(
                                        ops.batchNorm(ops.weight(row), site(true)), Input.TARGETS);
                            }
                        });
        run(
                loss,
                Precision.FLOAT,
                session -> {
                    Weights before = session.learned();
                    double value = session.accumulate(loss, batch().targets(new double[WIDTH]), 1);
                    assertTrue(Double.isFinite(value));
                    String variance = "constant variance";
                    assertArrayEquals(
                            before.get(variance).floats(),
                            session.learned().get(variance).floats());
                    for (double g : session.gradients().get("row").doubles())
                        assertEquals(0, g, 1e-4);
                });
    }

    @Test
    void sharedRunningStatisticsAreNeverOverwritten() {
        Program loss = loss(site(true));
        Weights all = drawn(loss);
        try (Engine.Held held = engine.hold(all, Precision.FLOAT);
                Session session = engine.open(held, all.only("batch.gain"::equals), 1)) {
            TunebookException e =
                    assertThrows(
                            TunebookException.class, () -> session.accumulate(loss, batch(), 1));
            assertTrue(e.getMessage().contains("constant mean"), e.getMessage());
            assertTrue(e.getMessage().contains("among what learns"), e.getMessage());
        }
    }

    /** Means of a thousand and deviations of a hundredth, more rows than one stretch holds. */
    @Test
    void batchStatisticsOfManyRowsFarFromZeroAreExact() {
        int rows = 40_000;
        SplittableRandom random = new SplittableRandom(4);
        double[][] x = new double[rows][3];
        for (double[] row : x)
            for (int j = 0; j < 3; j++) row[j] = (float) (1000 * j + 0.01 * random.nextGaussian());
        double[][] expected = moments(x);
        Kernels.Moments got =
                new FloatKernels(2)
                        .moments(
                                Memory.upload(
                                        Tensor.ofRows(x),
                                        org.nd4j.linalg.api.buffer.DataType.FLOAT));
        for (int j = 0; j < 3; j++) {
            assertEquals(expected[0][j], got.mean()[j], 1e-9 * (1 + expected[0][j]));
            assertEquals(expected[1][j], got.variance()[j], 1e-4 * expected[1][j]);
        }
    }

    @Test
    void lossesAgainstNumbersAreMeansOverAllElements() {
        Weights w = drawn(loss(site(true)));
        double squares = 0;
        double logistic = 0;
        for (int i = 0; i < TARGETS.length; i++) {
            double x = 50 * w.get("x").get(i);
            squares += (x - TARGETS[i]) * (x - TARGETS[i]) / TARGETS.length;
            double better = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
            logistic += (better - TARGETS[i] * x) / TARGETS.length;
        }
        assertEquals(squares, against(false, batch()), 1e-9 * squares);
        assertEquals(logistic, against(true, batch()), 1e-9 * logistic);
        TunebookException e =
                assertThrows(
                        TunebookException.class,
                        () -> against(true, batch().targets(new double[7])));
        assertTrue(e.getMessage().contains("7 targets for 66 numbers"), e.getMessage());
    }

    private double against(boolean logistic, Batch batch) {
        Program loss =
                value(
                        new Value() {
                            @Override
                            public <T> T of(Ops<T> ops) {
                                T x = ops.scale(ops.weight(X), 50);
                                return logistic
                                        ? ops.binaryCrossEntropy(x, Input.TARGETS)
                                        : ops.squaredError(x, Input.TARGETS);
                            }
                        });
        double[] value = new double[1];
        run(loss, Precision.DOUBLE, s -> value[0] = s.evaluate(loss, batch).get(0));
        return value[0];
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BFLOAT16")
    void ofEqualPixelsTheFirstIsTheGreatest(Precision precision) {
        Weight flat = new Weight("flat", Shape.of(4, 1), Init.ONES);
        Program loss =
                value(
                        new Value() {
                            @Override
                            public <T> T of(Ops<T> ops) {
                                T most = ops.maxPool(ops.weight(flat), Window.whole(2, 2));
                                return ops.squaredError(most, Input.TARGETS);
                            }
                        });
        run(
                loss,
                precision,
                session -> {
                    session.accumulate(loss, batch().targets(new double[1]), 1);
                    assertArrayEquals(
                            new double[] {2, 0, 0, 0}, session.gradients().get("flat").doubles());
                });
    }

    private Tensor pixels(Batch batch, int channels) {
        Program program =
                value(
                        new Value() {
                            @Override
                            public <T> T of(Ops<T> ops) {
                                return ops.input(Input.PIXELS, channels);
                            }
                        });
        try (Engine.Held held = engine.hold(Weights.none(), Precision.FLOAT);
                Session session = engine.open(held, Weights.none(), 1)) {
            return session.evaluate(program, batch);
        }
    }

    @Test
    void imagesComeInAsTheyAreGiven() {
        float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        Batch batch = Batch.images(2, Tensor.of(values, 4, 3));
        assertArrayEquals(values, pixels(batch, 3).floats());
        assertEquals(2, batch.sequences().count());
        assertEquals(2, batch.sequences().length(1));
        Batch deeper = batch.hidden(Tensor.of(new float[10], 2, 5));
        assertEquals(1, deeper.sequences().length(1), "a pooled image has fewer rows");
        refused(() -> pixels(batch, 1), "[4, 3] where [4, 1] is due");
        refused(() -> Batch.images(3, Tensor.of(values, 4, 3)), "4 rows for 3 images");
        refused(() -> pixels(OpCases.batch(), 3), "has no PIXELS");
        refused(() -> batch.prefix(2), "has no SEGMENTS");
    }

    @Test
    void windowsThatDoNotFitAreRefusedByName() {
        refused(() -> Window.of(2, 2, 5, 1, 1), "a kernel over 5 pixels for 4");
        refused(() -> Window.of(2, 2, 0, 1, 0), "kernel 0");
        refused(() -> Window.of(2, 2, 1, 1, -1), "padding -1");
        Window window = Window.of(3, 4, 3, 2, 1);
        assertEquals(2 * 2, window.windows());
        refused(() -> window.images("conv1", 13), "conv1", "13 rows", "images of 3 × 4");
        refused(() -> Window.of(2, 2, 2, 1, 2).needsPixels("pool"), "pool", "nothing but padding");
    }

    private static void refused(org.junit.jupiter.api.function.Executable call, String... words) {
        TunebookException e = assertThrows(TunebookException.class, call);
        for (String word : words) assertTrue(e.getMessage().contains(word), e.getMessage());
    }
}
