package tunebook.nd4j;

import static tunebook.nd4j.FloatProducts.multiply;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Attention;
import tunebook.core.Sequences;
import tunebook.nd4j.FloatProducts.Matrix;

/**
 * Attention sequence by sequence and head by head, straight on the rows: a head's columns are a
 * matrix with the rows' width as its stride, so nothing is padded, permuted or copied. Sequences
 * run side by side.
 */
final class FloatAttention {
    private final Rowwise rowwise;
    private final INDArray q;
    private final INDArray k;
    private final INDArray v;
    private final Sequences queries;
    private final Sequences keys;
    private final int heads;
    private final boolean causal;
    private final int width;
    private final int head;
    private final float scale;
    private final Spare spare;

    /** Probabilities of every sequence and head, [queries, keys] each, one after another. */
    private final INDArray probabilities;

    private final int[] starts;

    private FloatAttention(
            Rowwise rowwise,
            INDArray q,
            INDArray k,
            INDArray v,
            Sequences queries,
            Sequences keys,
            Attention site,
            Spare spare) {
        this.rowwise = rowwise;
        this.q = q;
        this.k = k;
        this.v = v;
        this.queries = queries;
        this.keys = keys;
        this.heads = site.heads();
        this.causal = site.causal();
        this.width = (int) q.size(1);
        this.head = width / heads;
        this.scale = (float) (1 / Math.sqrt(head));
        this.starts = new int[queries.count() + 1];
        for (int i = 0; i < queries.count(); i++) {
            starts[i + 1] = Math.addExact(starts[i], heads * queries.length(i) * keys.length(i));
        }
        this.spare = spare;
        this.probabilities = spare.take(starts[queries.count()]);
    }

    static Kernels.AttentionGrad forward(
            Rowwise rowwise,
            INDArray q,
            INDArray k,
            INDArray v,
            Sequences queries,
            Sequences keys,
            Attention site,
            Spare spare,
            INDArray out) {
        FloatAttention attention = new FloatAttention(rowwise, q, k, v, queries, keys, site, spare);
        attention.run(out);
        return attention::back;
    }

    /** One head's columns of one sequence's rows. */
    private Matrix columns(FloatPointer rows, Sequences sequences, int i, int h) {
        return Matrix.of(
                rows.getPointer((long) sequences.start(i) * width + (long) h * head), width);
    }

    private void run(INDArray out) {
        FloatPointer qs = Memory.pointer(q);
        FloatPointer ks = Memory.pointer(k);
        FloatPointer vs = Memory.pointer(v);
        FloatPointer to = Memory.pointer(out);
        FloatPointer all = Memory.pointer(probabilities);
        FloatBuffer buffer = Memory.floats(probabilities);
        rowwise.each(
                queries.count(),
                i -> {
                    int n = queries.length(i);
                    int m = keys.length(i);
                    float[] row = new float[m];
                    for (int h = 0; h < heads; h++) {
                        int score = starts[i] + h * n * m;
                        Matrix p = Matrix.of(all.getPointer(score), m);
                        Matrix query = columns(qs, queries, i, h);
                        Matrix key = columns(ks, keys, i, h);
                        Matrix value = columns(vs, keys, i, h);
                        multiply(n, m, head, scale, query, key.transpose(), p, false);
                        for (int r = 0; r < n; r++) {
                            buffer.get(score + r * m, row);
                            softmax(row, causal ? r + m - n + 1 : m);
                            buffer.put(score + r * m, row);
                        }
                        multiply(n, head, m, 1, p, value, columns(to, queries, i, h), false);
                    }
                });
    }

    /** Softmax of the first {@code n}; the rest becomes zero. */
    private static void softmax(float[] row, int n) {
        float highest = row[0];
        for (int j = 1; j < n; j++) highest = Math.max(highest, row[j]);
        for (int j = 0; j < n; j++) row[j] -= highest;
        FloatMath.exp(row, n);
        float inverse = (float) (1 / FloatMath.sum(row, n));
        for (int j = 0; j < n; j++) row[j] *= inverse;
        Arrays.fill(row, n, row.length, 0);
    }

    private void back(INDArray dy, INDArray dq, INDArray dk, INDArray dv) {
        FloatPointer up = Memory.pointer(dy);
        FloatPointer qs = Memory.pointer(q);
        FloatPointer ks = Memory.pointer(k);
        FloatPointer vs = Memory.pointer(v);
        FloatPointer dqs = Memory.pointer(dq);
        FloatPointer dks = Memory.pointer(dk);
        FloatPointer dvs = Memory.pointer(dv);
        FloatPointer all = Memory.pointer(probabilities);
        FloatBuffer buffer = Memory.floats(probabilities);
        INDArray scores = spare.take(probabilities.length() / heads);
        FloatPointer scorePointer = Memory.pointer(scores);
        FloatBuffer scoreBuffer = Memory.floats(scores);
        rowwise.each(
                queries.count(),
                i -> {
                    int n = queries.length(i);
                    int m = keys.length(i);
                    float[] row = new float[m];
                    float[] d = new float[m];
                    int own = starts[i] / heads;
                    Matrix ds = Matrix.of(scorePointer.getPointer(own), m);
                    for (int h = 0; h < heads; h++) {
                        int score = starts[i] + h * n * m;
                        Matrix p = Matrix.of(all.getPointer(score), m);
                        Matrix dHere = columns(up, queries, i, h);
                        Matrix value = columns(vs, keys, i, h).transpose();
                        multiply(
                                m,
                                head,
                                n,
                                1,
                                p.transpose(),
                                dHere,
                                columns(dvs, keys, i, h),
                                false);
                        multiply(n, m, head, 1, dHere, value, ds, false);
                        for (int r = 0; r < n; r++) {
                            buffer.get(score + r * m, row);
                            scoreBuffer.get(own + r * m, d);
                            float mean = FloatMath.dot(row, d, m);
                            for (int j = 0; j < m; j++) d[j] = (d[j] - mean) * row[j];
                            scoreBuffer.put(own + r * m, d);
                        }
                        Matrix key = columns(ks, keys, i, h);
                        multiply(n, head, m, scale, ds, key, columns(dqs, queries, i, h), false);
                        Matrix query = columns(qs, queries, i, h);
                        Matrix dKey = columns(dks, keys, i, h);
                        multiply(m, head, n, scale, ds.transpose(), query, dKey, false);
                    }
                });
        spare.give(scores);
        spare.give(probabilities);
    }
}
