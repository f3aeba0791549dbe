package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class LargestFactorsTest {
    /** Symmetric, a third of it 0, some rows empty; sizes fall as those of texts do. */
    private static RealMatrix matrix(int size) {
        Random random = new Random(3);
        double[][] all = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++) {
                if (a % 10 == 7 || b % 10 == 7 || random.nextInt(3) == 0) continue;
                all[a][b] = (float) (random.nextDouble() * 40 / (a + b + 1));
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

    /** Products of vectors do not depend on signs: they are those of the exact eigenvectors. */
    @Test
    void theyAreTheLargestEigenvectors() {
        RealMatrix matrix = matrix(120);
        EigenDecomposition exact = new EigenDecomposition(matrix);
        RealMatrix v = exact.getV();
        double[][] found = LargestFactors.of(sparse(matrix), 6, 1);
        Integer[] order = new Integer[120];
        for (int i = 0; i < order.length; i++) order[i] = i;
        Arrays.sort(order, Comparator.comparingDouble(i -> -Math.abs(exact.getRealEigenvalue(i))));
        for (int a = 0; a < 120; a++) {
            for (int b = 0; b < 120; b++) {
                double due = 0;
                double is = 0;
                for (int c = 0; c < 6; c++) {
                    double size = Math.abs(exact.getRealEigenvalue(order[c]));
                    due += v.getEntry(a, order[c]) * v.getEntry(b, order[c]) * size;
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
