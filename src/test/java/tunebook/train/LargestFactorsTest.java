package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class LargestFactorsTest {
    /** Symmetric, a third of it 0, some rows empty; sizes fall fast. */
    private static RealMatrix matrix(int size) {
        return matrix(size, (a, b) -> 40.0 / (a + b + 1));
    }

    private static RealMatrix matrix(int size, DoubleBinaryOperator most) {
        Random random = new Random(3);
        double[][] all = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++) {
                if (a % 10 == 7 || b % 10 == 7 || random.nextInt(3) == 0) continue;
                all[a][b] = (float) (random.nextDouble() * most.applyAsDouble(a, b));
                all[b][a] = all[a][b];
            }
        }
        return new Array2DRowRealMatrix(all);
    }

    private static Sparse sparse(RealMatrix matrix) {
        Sparse sparse = new Sparse(matrix.getRowDimension());
        for (int row = 0; row < sparse.size(); row++) {
            float[] full = new float[sparse.size()];
            for (int c = 0; c < full.length; c++) full[c] = (float) matrix.getEntry(row, c);
            sparse.row(row, full);
        }
        return sparse;
    }

    @Test
    void theyAreTheLargestEigenvectors() {
        exact(matrix(120), 6);
    }

    /** Those of texts are such: the hundredth is hardly smaller than the fiftieth. */
    @Test
    void theyAreWhereSizesHardlyFall() {
        exact(matrix(300, (a, b) -> 1), 40);
    }

    /** Products of vectors do not depend on signs: they are those of the exact eigenvectors. */
    private static void exact(RealMatrix matrix, int count) {
        int size = matrix.getRowDimension();
        EigenDecomposition exact = new EigenDecomposition(matrix);
        RealMatrix v = exact.getV();
        double[][] found = LargestFactors.of(sparse(matrix), count, 1);
        int[] order =
                IntStream.range(0, size)
                        .boxed()
                        .sorted(
                                Comparator.comparingDouble(
                                        i -> -Math.abs(exact.getRealEigenvalue(i))))
                        .mapToInt(i -> i)
                        .toArray();
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                double due = 0;
                double is = 0;
                for (int c = 0; c < count; c++) {
                    double length = Math.abs(exact.getRealEigenvalue(order[c]));
                    due += v.getEntry(a, order[c]) * v.getEntry(b, order[c]) * length;
                    is += found[a][c] * found[b][c];
                }
                assertEquals(due, is, 1e-5, a + ", " + b);
            }
        }
    }

    /** As many as there are rows, some of which are empty: the matrix has fewer dimensions. */
    @Test
    void aMatrixOfFewerDimensionsGivesZeros() {
        double[][] found = LargestFactors.of(sparse(matrix(20)), 20, 1);
        assertEquals(20, found[0].length);
        assertArrayEquals(new double[20], found[7], 1e-12);
        assertArrayEquals(new double[20], found[17], 1e-12);
    }

    @Test
    void vectorsThatTheMatrixDoesNotHaveAreZeros() {
        double[][] found = LargestFactors.of(sparse(matrix(5)), 8, 1);
        for (double[] row : found)
            assertArrayEquals(new double[3], Arrays.copyOfRange(row, 5, 8), 0);
    }
}
