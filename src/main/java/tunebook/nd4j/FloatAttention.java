package tunebook.nd4j;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.Sequences;

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
    private final Sequences rows;
    private final int heads;
    private final int width;
    private final int head;
    private final float scale;

    /** Probabilities of every sequence and head, [length, length] each, one after another. */
    private final INDArray probabilities;

    private final int[] starts;

    private FloatAttention(
            Rowwise rowwise, INDArray q, INDArray k, INDArray v, Sequences rows, int heads) {
        this.rowwise = rowwise;
        this.q = q;
        this.k = k;
        this.v = v;
        this.rows = rows;
        this.heads = heads;
        this.width = (int) q.size(1);
        this.head = width / heads;
        this.scale = (float) (1 / Math.sqrt(head));
        this.starts = new int[rows.count() + 1];
        for (int i = 0; i < rows.count(); i++) {
            starts[i + 1] = Math.addExact(starts[i], heads * rows.length(i) * rows.length(i));
        }
        this.probabilities =
                Nd4j.createUninitialized(DataType.FLOAT, new long[] {starts[rows.count()]}, 'c');
    }

    static Kernels.AttentionGrad forward(
            Rowwise rowwise,
            INDArray q,
            INDArray k,
            INDArray v,
            Sequences rows,
            int heads,
            INDArray out) {
        FloatAttention attention = new FloatAttention(rowwise, q, k, v, rows, heads);
        attention.run(out);
        return attention::back;
    }

    private void run(INDArray out) {
        FloatPointer qs = Memory.pointer(q);
        FloatPointer ks = Memory.pointer(k);
        FloatPointer vs = Memory.pointer(v);
        FloatPointer to = Memory.pointer(out);
        FloatPointer all = Memory.pointer(probabilities);
        FloatBuffer buffer = Memory.floats(probabilities);
        rowwise.each(
                rows.count(),
                i -> {
                    int n = rows.length(i);
                    float[] row = new float[n];
                    for (int h = 0; h < heads; h++) {
                        long at = (long) rows.start(i) * width + (long) h * head;
                        int score = starts[i] + h * n * n;
                        FloatPointer p = all.getPointer(score);
                        gemm(
                                false,
                                true,
                                n,
                                n,
                                head,
                                scale,
                                qs.getPointer(at),
                                width,
                                ks.getPointer(at),
                                width,
                                p,
                                n);
                        for (int r = 0; r < n; r++) {
                            buffer.get(score + r * n, row);
                            softmax(row);
                            buffer.put(score + r * n, row);
                        }
                        gemm(
                                false,
                                false,
                                n,
                                head,
                                n,
                                1,
                                p,
                                n,
                                vs.getPointer(at),
                                width,
                                to.getPointer(at),
                                width);
                    }
                });
    }

    private static void softmax(float[] row) {
        int n = row.length;
        float highest = row[0];
        for (int j = 1; j < n; j++) highest = Math.max(highest, row[j]);
        for (int j = 0; j < n; j++) row[j] -= highest;
        FloatMath.exp(row, n);
        float inverse = (float) (1 / FloatMath.sum(row, n));
        for (int j = 0; j < n; j++) row[j] *= inverse;
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
        INDArray scores =
                Nd4j.createUninitialized(DataType.FLOAT, new long[] {probabilities.length()}, 'c');
        FloatPointer scorePointer = Memory.pointer(scores);
        FloatBuffer scoreBuffer = Memory.floats(scores);
        rowwise.each(
                rows.count(),
                i -> {
                    int n = rows.length(i);
                    float[] row = new float[n];
                    float[] d = new float[n];
                    for (int h = 0; h < heads; h++) {
                        long at = (long) rows.start(i) * width + (long) h * head;
                        int score = starts[i] + h * n * n;
                        FloatPointer p = all.getPointer(score);
                        FloatPointer ds = scorePointer.getPointer(score);
                        FloatPointer dHere = up.getPointer(at);
                        gemm(
                                true,
                                false,
                                n,
                                head,
                                n,
                                1,
                                p,
                                n,
                                dHere,
                                width,
                                dvs.getPointer(at),
                                width);
                        gemm(
                                false,
                                true,
                                n,
                                n,
                                head,
                                1,
                                dHere,
                                width,
                                vs.getPointer(at),
                                width,
                                ds,
                                n);
                        for (int r = 0; r < n; r++) {
                            buffer.get(score + r * n, row);
                            scoreBuffer.get(score + r * n, d);
                            float mean = FloatMath.dot(row, d, n);
                            for (int j = 0; j < n; j++) d[j] = (d[j] - mean) * row[j];
                            scoreBuffer.put(score + r * n, d);
                        }
                        gemm(
                                false,
                                false,
                                n,
                                head,
                                n,
                                scale,
                                ds,
                                n,
                                ks.getPointer(at),
                                width,
                                dqs.getPointer(at),
                                width);
                        gemm(
                                true,
                                false,
                                n,
                                head,
                                n,
                                scale,
                                ds,
                                n,
                                qs.getPointer(at),
                                width,
                                dks.getPointer(at),
                                width);
                    }
                });
    }

    private static void gemm(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            float scale,
            FloatPointer a,
            int strideA,
            FloatPointer b,
            int strideB,
            FloatPointer out,
            int strideOut) {
        cblas_sgemm(
                CblasRowMajor,
                transposeA ? CblasTrans : CblasNoTrans,
                transposeB ? CblasTrans : CblasNoTrans,
                m,
                n,
                k,
                scale,
                a,
                strideA,
                b,
                strideB,
                0,
                out,
                strideOut);
    }
}
