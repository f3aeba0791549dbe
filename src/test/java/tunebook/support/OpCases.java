package tunebook.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import tunebook.core.Attention;
import tunebook.core.Batch;
import tunebook.core.Embedding;
import tunebook.core.Init;
import tunebook.core.Input;
import tunebook.core.Linear;
import tunebook.core.Norm;
import tunebook.core.Ops;
import tunebook.core.Role;
import tunebook.core.Rows;
import tunebook.core.Sequences;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.Weight;
import tunebook.core.Weights;

/**
 * One case for every operation: what it is applied to, and what it must give, written as plain
 * loops.
 */
public final class OpCases {
    /** Width of every row here. */
    public static final int WIDTH = 6;

    /** Three sequences, eleven rows. */
    public static final Sequences TEXT = new Sequences(4, 2, 5);

    public static final Weight X = drawn("x", 11, WIDTH);
    public static final Weight Y = drawn("y", 11, WIDTH);
    public static final Weight Z = drawn("z", 11, WIDTH);
    public static final Weight PREFIX = drawn("prefix", 2, WIDTH);
    public static final Linear LINEAR =
            new Linear(
                    "linear",
                    drawn("linear.weight", 5, WIDTH),
                    drawn("linear.bias", 5),
                    Role.OTHER);
    public static final Weight FACTORS = drawn("factors", WIDTH);
    public static final Weight SQUARE = drawn("square", WIDTH, 5);
    public static final Weight TALL = drawn("constant tall", 11, WIDTH);
    public static final Weight COLUMN = drawn("column", 11);
    public static final Embedding TABLE = new Embedding("table", drawn("table.weight", 7, WIDTH));
    public static final Norm NORM =
            new Norm("norm", drawn("norm.weight", WIDTH), drawn("norm.bias", WIDTH), 1e-5);
    public static final Attention ATTENTION = new Attention("attention", 2);

    private OpCases() {}

    /**
     * A case.
     *
     * @param name of the operation
     * @param prefix virtual rows of the batch
     * @param run applies it
     * @param expected what it must give, from the weights' values
     */
    public record Case(
            String name, int prefix, Application run, Function<Weights, double[][]> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** An operation applied on any interpreter. */
    public interface Application {
        <T> T apply(Ops<T> ops);
    }

    /** A batch that has every named input. */
    public static Batch batch() {
        int[] tokens = {0, 3, 3, 6, 1, 2, 5, 4, 0, 6, 3};
        double[] hidden = new double[11 * WIDTH];
        for (int i = 0; i < hidden.length; i++) hidden[i] = Math.sin(i);
        return Batch.text(TEXT, tokens, new int[11])
                .predicted(new int[] {1, 5, 9})
                .hidden(Tensor.of(hidden, 11, WIDTH));
    }

    public static Weight drawn(String name, int... sizes) {
        return new Weight(name, Shape.of(sizes), Init.normal(0.7));
    }

    public static List<Case> all() {
        List<Case> all = new ArrayList<>(text());
        all.addAll(ImageOpCases.all());
        return all;
    }

    private static List<Case> text() {
        return List.of(
                new Case(
                        "input",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.add(ops.input(Input.HIDDEN, WIDTH), ops.weight(X));
                            }
                        },
                        w -> zip(rows(batch().hidden()), rows(w, X), Double::sum)),
                new Case(
                        "embedding",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.embedding(TABLE, Input.TOKENS);
                            }
                        },
                        w -> pick(rows(w, TABLE.weight()), batch().indices(Input.TOKENS))),
                new Case(
                        "weight",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.weight(X);
                            }
                        },
                        w -> rows(w, X)),
                new Case(
                        "linear",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.linear(ops.weight(X), LINEAR);
                            }
                        },
                        w ->
                                linear(
                                        rows(w, X),
                                        rows(w, LINEAR.weight()),
                                        w.get("linear.bias").doubles())),
                new Case(
                        "layerNorm",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.layerNorm(ops.weight(X), NORM);
                            }
                        },
                        w ->
                                norm(
                                        rows(w, X),
                                        w.get("norm.weight").doubles(),
                                        w.get("norm.bias").doubles())),
                new Case(
                        "add",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                T x = ops.weight(X);
                                return ops.add(ops.add(x, ops.weight(Y)), x);
                            }
                        },
                        w ->
                                zip(
                                        zip(rows(w, X), rows(w, Y), Double::sum),
                                        rows(w, X),
                                        Double::sum)),
                new Case(
                        "addInto",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                T x = ops.weight(X);
                                T sum = ops.addInto(ops.addInto(ops.add(x, x), ops.weight(Y)), x);
                                return ops.add(ops.addInto(ops.relu(x), sum), x);
                            }
                        },
                        w -> zip(rows(w, X), rows(w, Y), (x, y) -> 4 * x + y + Math.max(0, x))),
                new Case(
                        "only",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                T x = ops.weight(X);
                                T kept = ops.only(ops.add(x, ops.relu(x)));
                                T later = ops.relu(ops.add(kept, ops.weight(Y)));
                                return ops.add(later, kept);
                            }
                        },
                        w ->
                                zip(
                                        rows(w, X),
                                        rows(w, Y),
                                        (x, y) -> {
                                            double kept = x + Math.max(0, x);
                                            return kept + Math.max(0, kept + y);
                                        })),
                new Case(
                        "addLinear",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                T x = ops.weight(X);
                                Linear plain =
                                        new Linear("plain", LINEAR.weight(), null, Role.OTHER);
                                T once = ops.addLinear(ops.linear(x, LINEAR), x, plain);
                                return ops.addLinear(once, ops.scale(x, 2), LINEAR);
                            }
                        },
                        w -> {
                            double[] bias = w.get("linear.bias").doubles();
                            double[] twice = Arrays.stream(bias).map(b -> b / 2).toArray();
                            double[][] half = linear(rows(w, X), rows(w, LINEAR.weight()), twice);
                            return zip(half, half, (a, b) -> 2 * (a + b));
                        }),
                new Case(
                        "scale",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.scale(ops.weight(X), -1.5);
                            }
                        },
                        w -> zip(rows(w, X), rows(w, X), (a, b) -> -1.5 * a)),
                new Case(
                        "scaleColumns",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.scaleColumns(ops.weight(X), ops.weight(FACTORS));
                            }
                        },
                        w -> byColumn(rows(w, X), w.get("factors").doubles(), (a, b) -> a * b)),
                new Case(
                        "addRow",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.addRow(ops.weight(X), ops.weight(FACTORS));
                            }
                        },
                        w -> byColumn(rows(w, X), w.get("factors").doubles(), Double::sum)),
                new Case(
                        "product",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.product(ops.weight(X), ops.weight(SQUARE));
                            }
                        },
                        w -> linear(rows(w, X), transposed(rows(w, SQUARE)), new double[5])),
                new Case(
                        "overRowNorms",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                T norms = ops.overRowNorms(ops.weight(COLUMN), ops.weight(TALL));
                                return ops.scaleColumns(ops.weight(drawn("z", 11, 11)), norms);
                            }
                        },
                        w ->
                                byColumn(
                                        rows(w, drawn("z", 11, 11)),
                                        overNorms(w.get("column").doubles(), rows(w, TALL)),
                                        (a, b) -> a * b)),
                new Case(
                        "relu",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.relu(ops.weight(X));
                            }
                        },
                        w -> zip(rows(w, X), rows(w, X), (a, b) -> Math.max(a, 0))),
                new Case(
                        "gelu",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.gelu(ops.weight(X));
                            }
                        },
                        w -> zip(rows(w, X), rows(w, X), (a, b) -> a * normalDistribution(a))),
                new Case(
                        "geluTanh",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.geluTanh(ops.weight(X));
                            }
                        },
                        w ->
                                zip(
                                        rows(w, X),
                                        rows(w, X),
                                        (a, b) ->
                                                a
                                                        / (1
                                                                + Math.exp(
                                                                        -2
                                                                                * 0.7978845608028654
                                                                                * (a
                                                                                        + 0.044715
                                                                                                * a
                                                                                                * a
                                                                                                * a))))),
                new Case(
                        "columns",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.columns(ops.weight(X), 2, 3);
                            }
                        },
                        w ->
                                Arrays.stream(rows(w, X))
                                        .map(row -> Arrays.copyOfRange(row, 2, 5))
                                        .toArray(double[][]::new)),
                new Case(
                        "tanh",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.tanh(ops.weight(X));
                            }
                        },
                        w -> zip(rows(w, X), rows(w, X), (a, b) -> Math.tanh(a))),
                new Case(
                        "dropout",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.dropout(ops.weight(X), 0);
                            }
                        },
                        w -> rows(w, X)),
                new Case(
                        "attention",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.attention(
                                        ops.weight(X), ops.weight(Y), ops.weight(Z), ATTENTION);
                            }
                        },
                        w -> attention(rows(w, X), rows(w, Y), rows(w, Z), 0, false)),
                new Case(
                        "attention",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                T before = ops.weight(PREFIX);
                                return ops.attention(
                                        ops.weight(X),
                                        ops.prepend(before, ops.weight(Y)),
                                        ops.prepend(before, ops.weight(Z)),
                                        new Attention("causal", 2, true));
                            }
                        },
                        w ->
                                attention(
                                        rows(w, X),
                                        prepend(rows(w, PREFIX), rows(w, Y)),
                                        prepend(rows(w, PREFIX), rows(w, Z)),
                                        2,
                                        true)),
                new Case(
                        "attention",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                T before = ops.weight(PREFIX);
                                return ops.attention(
                                        ops.weight(X),
                                        ops.prepend(before, ops.weight(Y)),
                                        ops.prepend(before, ops.weight(Z)),
                                        ATTENTION);
                            }
                        },
                        w ->
                                attention(
                                        rows(w, X),
                                        prepend(rows(w, PREFIX), rows(w, Y)),
                                        prepend(rows(w, PREFIX), rows(w, Z)),
                                        2,
                                        false)),
                new Case(
                        "prepend",
                        2,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.prepend(ops.weight(PREFIX), ops.weight(X));
                            }
                        },
                        w -> prepend(rows(w, PREFIX), rows(w, X))),
                new Case(
                        "rows",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.rows(ops.weight(X), Rows.PREDICTED);
                            }
                        },
                        w -> pick(rows(w, X), 1, 5, 9)),
                new Case(
                        "mean",
                        2,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.mean(ops.prepend(ops.weight(PREFIX), ops.weight(X)));
                            }
                        },
                        w -> mean(rows(w, X))),
                new Case(
                        "rowCrossEntropy",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.columns(ops.weight(X), 1, 1);
                            }
                        },
                        w ->
                                Arrays.stream(rows(w, X))
                                        .map(row -> new double[] {row[1]})
                                        .toArray(double[][]::new)),
                new Case(
                        "crossEntropy",
                        0,
                        new Application() {
                            @Override
                            public <T> T apply(Ops<T> ops) {
                                return ops.rows(ops.weight(X), Rows.FIRST);
                            }
                        },
                        w -> pick(rows(w, X), 0, 4, 6)));
    }

    public static double[][] rows(Weights weights, Weight weight) {
        return rows(weights.get(weight.name()));
    }

    public static double[][] rows(Tensor tensor) {
        int width = tensor.shape().size(1);
        double[][] rows = new double[tensor.shape().size(0)][width];
        for (int i = 0; i < rows.length; i++)
            for (int j = 0; j < width; j++) rows[i][j] = tensor.get(i * width + j);
        return rows;
    }

    interface Two {
        double of(double a, double b);
    }

    public static double[][] zip(double[][] a, double[][] b, Two f) {
        double[][] out = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++)
            for (int j = 0; j < a[0].length; j++) out[i][j] = f.of(a[i][j], b[i][j]);
        return out;
    }

    private static double[][] pick(double[][] rows, int... which) {
        double[][] out = new double[which.length][];
        for (int i = 0; i < which.length; i++) out[i] = rows[which[i]];
        return out;
    }

    private static double[][] linear(double[][] x, double[][] w, double[] b) {
        double[][] out = new double[x.length][b.length];
        for (int i = 0; i < x.length; i++) {
            for (int o = 0; o < b.length; o++) {
                out[i][o] = b[o];
                for (int j = 0; j < x[i].length; j++) out[i][o] += x[i][j] * w[o][j];
            }
        }
        return out;
    }

    private static double[][] norm(double[][] x, double[] gain, double[] bias) {
        double[][] out = new double[x.length][WIDTH];
        for (int i = 0; i < x.length; i++) {
            double mean = java.util.Arrays.stream(x[i]).average().orElseThrow();
            double variance =
                    java.util.Arrays.stream(x[i])
                            .map(v -> (v - mean) * (v - mean))
                            .average()
                            .orElseThrow();
            for (int j = 0; j < WIDTH; j++) {
                out[i][j] =
                        (x[i][j] - mean) / Math.sqrt(variance + NORM.epsilon()) * gain[j] + bias[j];
            }
        }
        return out;
    }

    /** Φ by Simpson's rule on the density: nothing that the tested code uses. */
    private static double normalDistribution(double x) {
        int n = 2000;
        double h = x / n;
        double sum = 0;
        for (int i = 0; i <= n; i++) {
            double t = i * h;
            sum += Math.exp(-t * t / 2) * (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2);
        }
        return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
    }

    private static double[] overNorms(double[] a, double[][] b) {
        double[] out = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            double sum = 0;
            for (double x : b[i]) sum += x * x;
            out[i] = a[i] / Math.sqrt(sum);
        }
        return out;
    }

    public static double[][] byColumn(double[][] x, double[] row, Two f) {
        double[][] out = new double[x.length][row.length];
        for (int i = 0; i < x.length; i++)
            for (int j = 0; j < row.length; j++) out[i][j] = f.of(x[i][j], row[j]);
        return out;
    }

    private static double[][] transposed(double[][] x) {
        double[][] out = new double[x[0].length][x.length];
        for (int i = 0; i < x.length; i++)
            for (int j = 0; j < x[0].length; j++) out[j][i] = x[i][j];
        return out;
    }

    private static double[][] attention(
            double[][] q, double[][] k, double[][] v, int more, boolean causal) {
        int head = WIDTH / ATTENTION.heads();
        double[][] out = new double[q.length][WIDTH];
        for (int s = 0; s < TEXT.count(); s++) {
            int from = TEXT.start(s) + s * more;
            int end = from + TEXT.length(s) + more;
            for (int h = 0; h < ATTENTION.heads(); h++) {
                for (int i = TEXT.start(s); i < TEXT.start(s) + TEXT.length(s); i++) {
                    double[] weights = new double[end];
                    double sum = 0;
                    int seen = causal ? i + (s + 1) * more + 1 : end;
                    for (int t = from; t < seen; t++) {
                        double dot = 0;
                        for (int j = h * head; j < (h + 1) * head; j++) dot += q[i][j] * k[t][j];
                        weights[t] = Math.exp(dot / Math.sqrt(head));
                        sum += weights[t];
                    }
                    for (int t = from; t < seen; t++) {
                        for (int j = h * head; j < (h + 1) * head; j++)
                            out[i][j] += weights[t] / sum * v[t][j];
                    }
                }
            }
        }
        return out;
    }

    private static double[][] prepend(double[][] prefix, double[][] x) {
        java.util.List<double[]> out = new java.util.ArrayList<>();
        for (int s = 0; s < TEXT.count(); s++) {
            out.addAll(List.of(prefix));
            for (int t = 0; t < TEXT.length(s); t++) out.add(x[TEXT.start(s) + t]);
        }
        return out.toArray(double[][]::new);
    }

    private static double[][] mean(double[][] x) {
        double[][] out = new double[TEXT.count()][WIDTH];
        for (int s = 0; s < TEXT.count(); s++) {
            for (int t = 0; t < TEXT.length(s); t++) {
                for (int j = 0; j < WIDTH; j++)
                    out[s][j] += x[TEXT.start(s) + t][j] / TEXT.length(s);
            }
        }
        return out;
    }
}
