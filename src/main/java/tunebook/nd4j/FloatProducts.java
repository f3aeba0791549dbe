package tunebook.nd4j;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Products of float matrices by OpenBLAS. Rows are cut into one stretch a thread, each a
 * single-threaded call: OpenBLAS's own threads wait for each other by spinning, which on a busy
 * machine costs more than the product. Cuts at multiples of what OpenBLAS computes at once, and
 * none that would leave a stretch small enough for its other ways (with AVX-512 it has two), give
 * every element to the same instructions: the bits do not depend on the threads.
 */
final class FloatProducts {
    /** Rows: a multiple of the 4, 8 or 12 that OpenBLAS's kernels take at once. */
    private static final int CUT = 24;

    /** Multiplications from which on OpenBLAS takes the same instructions for every size. */
    private static final long LARGE = 28L * 512 * 512;

    /** Columns or depth of a product that it takes like a large one from the next figure on. */
    private static final int SKINNY = 32;

    /** Multiplications of a skinny product, such as a low-rank update, that is like a large one. */
    private static final long ENOUGH = 1L << 20;

    /** Numbers of a matrix that are worth a thread, where each is used once. */
    private static final long READ = 1L << 16;

    private final Rowwise rowwise;

    FloatProducts(Rowwise rowwise) {
        this.rowwise = rowwise;
    }

    /**
     * A matrix in row-major memory.
     *
     * @param at its first element
     * @param stride from one row to the next
     * @param transposed whether a product takes it the other way round
     */
    record Matrix(FloatPointer at, int stride, boolean transposed) {
        static Matrix of(FloatPointer at, int stride) {
            return new Matrix(at, stride, false);
        }

        Matrix transpose() {
            return new Matrix(at, stride, !transposed);
        }
    }

    /** out = factor · a·b, or out += that, by the calling thread alone. [m, k], [k, n] → [m, n] */
    static void multiply(
            int m, int n, int k, double factor, Matrix a, Matrix b, Matrix out, boolean add) {
        if (m == 1) {
            row(n, k, factor, a, b, out.at(), add);
            return;
        }
        cblas_sgemm(
                CblasRowMajor,
                a.transposed() ? CblasTrans : CblasNoTrans,
                b.transposed() ? CblasTrans : CblasNoTrans,
                m,
                n,
                k,
                (float) factor,
                a.at(),
                a.stride(),
                b.at(),
                b.stride(),
                add ? 1 : 0,
                out.at(),
                out.stride());
    }

    /** The same of a single row: the matrix is read once, as it lies. */
    private static void row(
            int n, int k, double factor, Matrix a, Matrix b, FloatPointer out, boolean add) {
        cblas_sgemv(
                CblasRowMajor,
                b.transposed() ? CblasNoTrans : CblasTrans,
                b.transposed() ? n : k,
                b.transposed() ? k : n,
                (float) factor,
                b.at(),
                b.stride(),
                a.at(),
                a.transposed() ? a.stride() : 1,
                add ? 1 : 0,
                out,
                1);
    }

    /** out = a·b, or out += a·b; either may be transposed. */
    void of(
            INDArray a,
            boolean transposeA,
            INDArray b,
            boolean transposeB,
            INDArray out,
            boolean add) {
        int m = (int) out.size(0);
        int n = (int) out.size(1);
        int k = (int) a.size(transposeA ? 0 : 1);
        int strideA = (int) a.size(1);
        if (m == 1 && transposeB) {
            row(a, b, out, add);
            return;
        }
        int pieces = pieces(m, n, k);
        FloatPointer left = Memory.pointer(a);
        FloatPointer to = Memory.pointer(out);
        Matrix right = new Matrix(Memory.pointer(b), (int) b.size(1), transposeB);
        rowwise.each(
                pieces,
                p -> {
                    long row = border(m, p, pieces);
                    FloatPointer from = left.getPointer(transposeA ? row : row * strideA);
                    multiply(
                            (int) (border(m, p + 1, pieces) - row),
                            n,
                            k,
                            1,
                            new Matrix(from, strideA, transposeA),
                            right,
                            Matrix.of(to.getPointer(row * n), n),
                            add);
                });
    }

    /** out = a·bᵀ of a single row: b's rows are shared out. */
    private void row(INDArray a, INDArray b, INDArray out, boolean add) {
        int n = (int) b.size(0);
        int k = (int) b.size(1);
        int pieces = (int) Math.max(1, Math.min(rowwise.crew().size(), (long) n * k / READ));
        FloatPointer from = Memory.pointer(b);
        FloatPointer to = Memory.pointer(out);
        Matrix left = Matrix.of(Memory.pointer(a), k);
        rowwise.each(
                pieces,
                p -> {
                    int first = border(n, p, pieces);
                    Matrix right = Matrix.of(from.getPointer((long) first * k), k).transpose();
                    int count = border(n, p + 1, pieces) - first;
                    row(count, k, 1, left, right, to.getPointer(first), add);
                });
    }

    /** How many stretches rows are cut into: no more than threads, and no small one. */
    private int pieces(int rows, int columns, int depth) {
        long enough = Math.min(columns, depth) <= SKINNY ? ENOUGH : LARGE;
        for (int pieces = rowwise.crew().size(); pieces > 1; pieces--) {
            int least = rows;
            for (int p = 0; p < pieces; p++)
                least = Math.min(least, border(rows, p + 1, pieces) - border(rows, p, pieces));
            if ((long) least * columns * depth >= enough) return pieces;
        }
        return 1;
    }

    /** The first row of a stretch: where a cut is allowed, as near as can be to equal shares. */
    private static int border(int rows, int piece, int pieces) {
        if (piece == pieces) return rows;
        return (int) Math.round((double) rows * piece / pieces / CUT) * CUT;
    }
}
