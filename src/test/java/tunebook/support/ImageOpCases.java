package tunebook.support;

import static tunebook.support.OpCases.WIDTH;
import static tunebook.support.OpCases.X;
import static tunebook.support.OpCases.Y;
import static tunebook.support.OpCases.drawn;
import static tunebook.support.OpCases.rows;
import static tunebook.support.OpCases.zip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tunebook.core.BatchNorm;
import tunebook.core.Init;
import tunebook.core.Ops;
import tunebook.core.Shape;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.core.Window;
import tunebook.support.OpCases.Case;

/** The cases of the operations that image models are made of. */
public final class ImageOpCases {
    /** Two images of 5 × 4 pixels with three channels. */
    public static final Weight IMAGES = drawn("images", 2 * 5 * 4, 3);

    public static final Window PLAIN = Window.of(5, 4, 3, 1, 1);
    public static final Window STRIDED = Window.of(5, 4, 2, 2, 0);

    /** Everything different in the two directions, more padding behind than before. */
    public static final Window ODD =
            new Window(new Window.Axis(5, 2, 2, 2, 1, 2), new Window.Axis(4, 3, 1, 1, 0, 1));

    public static final List<Window> WINDOWS = List.of(PLAIN, STRIDED, ODD, Window.whole(5, 4));

    /** What a batch norm gives while nothing learns is a value of its own. */
    public static final BatchNorm BATCH_NORM =
            new BatchNorm(
                    "batch norm",
                    drawn("batch.gain", WIDTH),
                    drawn("batch.bias", WIDTH),
                    running(0.1, true),
                    1e-5);

    private ImageOpCases() {}

    public static BatchNorm.Running running(double momentum, boolean unbiased) {
        Init positive =
                (shape, random, given) -> random.doubles(shape.elements(), 0.5, 1.5).toArray();
        return new BatchNorm.Running(
                Weight.running("constant mean", Shape.of(WIDTH), Init.normal(0.7)),
                Weight.running("constant variance", Shape.of(WIDTH), positive),
                momentum,
                unbiased);
    }

    public static List<Case> all() {
        List<Case> all = new ArrayList<>();
        for (Window window : WINDOWS) {
            all.add(patches(window));
            all.add(maxPool(window));
            all.add(averagePool(window, true));
            all.add(averagePool(window, false));
        }
        all.addAll(List.of(batchNorm(), multiply(), sigmoid(), join(), regroup()));
        all.add(asItIs("squaredError"));
        all.add(asItIs("binaryCrossEntropy"));
        return all;
    }

    private static Case patches(Window window) {
        return new Case(
                "patches",
                0,
                new OpCases.Application() {
                    @Override
                    public <T> T apply(Ops<T> ops) {
                        return ops.patches(ops.weight(IMAGES), window);
                    }
                },
                w -> slid(rows(w, IMAGES), window, seen -> flat(seen)));
    }

    private static Case maxPool(Window window) {
        return new Case(
                "maxPool",
                0,
                new OpCases.Application() {
                    @Override
                    public <T> T apply(Ops<T> ops) {
                        return ops.maxPool(ops.weight(IMAGES), window);
                    }
                },
                w ->
                        slid(
                                rows(w, IMAGES),
                                window,
                                seen -> {
                                    double[] out = new double[3];
                                    Arrays.fill(out, Double.NEGATIVE_INFINITY);
                                    for (double[] pixel : seen)
                                        for (int c = 0; pixel != null && c < 3; c++)
                                            out[c] = Math.max(out[c], pixel[c]);
                                    return out;
                                }));
    }

    private static Case averagePool(Window window, boolean countPadding) {
        return new Case(
                "averagePool",
                0,
                new OpCases.Application() {
                    @Override
                    public <T> T apply(Ops<T> ops) {
                        return ops.averagePool(ops.weight(IMAGES), window, countPadding);
                    }
                },
                w ->
                        slid(
                                rows(w, IMAGES),
                                window,
                                seen -> {
                                    double[] out = new double[3];
                                    int inside = 0;
                                    for (double[] pixel : seen) {
                                        if (pixel == null) continue;
                                        inside++;
                                        for (int c = 0; c < 3; c++) out[c] += pixel[c];
                                    }
                                    for (int c = 0; c < 3; c++)
                                        out[c] /= countPadding ? seen.length : inside;
                                    return out;
                                }));
    }

    private static Case batchNorm() {
        return new Case(
                "batchNorm",
                0,
                new OpCases.Application() {
                    @Override
                    public <T> T apply(Ops<T> ops) {
                        return ops.batchNorm(ops.weight(X), BATCH_NORM);
                    }
                },
                w ->
                        normalized(
                                rows(w, X),
                                w.get("constant mean").doubles(),
                                w.get("constant variance").doubles(),
                                w));
    }

    /** Normalized by these statistics, with the case's gain and bias. */
    public static double[][] normalized(double[][] x, double[] mean, double[] variance, Weights w) {
        double[] gain = w.get("batch.gain").doubles();
        double[] bias = w.get("batch.bias").doubles();
        double[][] out = new double[x.length][WIDTH];
        for (int i = 0; i < x.length; i++)
            for (int j = 0; j < WIDTH; j++)
                out[i][j] = (x[i][j] - mean[j]) / Math.sqrt(variance[j] + 1e-5) * gain[j] + bias[j];
        return out;
    }

    private static Case multiply() {
        return new Case(
                "multiply",
                0,
                new OpCases.Application() {
                    @Override
                    public <T> T apply(Ops<T> ops) {
                        T x = ops.weight(X);
                        return ops.multiply(ops.multiply(x, ops.weight(Y)), x);
                    }
                },
                w -> zip(rows(w, X), rows(w, Y), (a, b) -> a * b * a));
    }

    private static Case sigmoid() {
        return new Case(
                "sigmoid",
                0,
                new OpCases.Application() {
                    @Override
                    public <T> T apply(Ops<T> ops) {
                        return ops.sigmoid(ops.scale(ops.weight(X), 3));
                    }
                },
                w -> zip(rows(w, X), rows(w, X), (a, b) -> 1 / (1 + Math.exp(-3 * a))));
    }

    private static Case join() {
        Weight narrow = drawn("narrow", 11, 2);
        return new Case(
                "join",
                0,
                new OpCases.Application() {
                    @Override
                    public <T> T apply(Ops<T> ops) {
                        T x = ops.weight(X);
                        return ops.join(List.of(x, ops.weight(narrow), x));
                    }
                },
                w -> {
                    double[][] x = rows(w, X);
                    double[][] n = rows(w, narrow);
                    double[][] out = new double[11][];
                    for (int i = 0; i < 11; i++) out[i] = flat(new double[][] {x[i], n[i], x[i]});
                    return out;
                });
    }

    private static Case regroup() {
        return new Case(
                "regroup",
                0,
                new OpCases.Application() {
                    @Override
                    public <T> T apply(Ops<T> ops) {
                        T x = ops.weight(IMAGES);
                        return ops.regroup(ops.add(x, x), 60);
                    }
                },
                w -> {
                    double[] all = flat(rows(w, IMAGES));
                    double[][] out = new double[2][60];
                    for (int i = 0; i < 120; i++) out[i / 60][i % 60] = 2 * all[i];
                    return out;
                });
    }

    private static Case asItIs(String name) {
        return new Case(
                name,
                0,
                new OpCases.Application() {
                    @Override
                    public <T> T apply(Ops<T> ops) {
                        return ops.scale(ops.weight(X), 2);
                    }
                },
                w -> zip(rows(w, X), rows(w, X), Double::sum));
    }

    private interface Look {
        /** One row of the result, from a window's pixels; null for padding. */
        double[] at(double[][] seen);
    }

    private static double[][] slid(double[][] x, Window window, Look look) {
        Window.Axis v = window.vertical();
        Window.Axis h = window.horizontal();
        int down =
                (v.size() + v.before() + v.after() - v.dilation() * (v.kernel() - 1) - 1)
                                / v.stride()
                        + 1;
        int across =
                (h.size() + h.before() + h.after() - h.dilation() * (h.kernel() - 1) - 1)
                                / h.stride()
                        + 1;
        List<double[]> out = new ArrayList<>();
        for (int image = 0; image < x.length / 20; image++) {
            for (int oy = 0; oy < down; oy++) {
                for (int ox = 0; ox < across; ox++) {
                    double[][] seen = new double[v.kernel() * h.kernel()][];
                    for (int k = 0; k < seen.length; k++) {
                        int row = oy * v.stride() + k / h.kernel() * v.dilation() - v.before();
                        int column = ox * h.stride() + k % h.kernel() * h.dilation() - h.before();
                        boolean inside = row >= 0 && row < 5 && column >= 0 && column < 4;
                        if (inside) seen[k] = x[image * 20 + row * 4 + column];
                    }
                    out.add(look.at(seen));
                }
            }
        }
        return out.toArray(double[][]::new);
    }

    /** Rows behind each other; three zeros for padding. */
    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows)
                .flatMapToDouble(r -> Arrays.stream(r == null ? new double[3] : r))
                .toArray();
    }
}
