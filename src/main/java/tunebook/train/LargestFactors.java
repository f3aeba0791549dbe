package tunebook.train;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The largest eigenvectors of a symmetric matrix, found in a random subspace that is multiplied by
 * it again and again.
 *
 * @see <a href="https://arxiv.org/abs/0909.4061">Halko, Martinsson and Tropp 2011, §4.4</a>
 */
final class LargestFactors {
    private static final int MORE = 40;
    private static final int PRODUCTS = 8;
    private static final double NOTHING = 1e-9;

    private LargestFactors() {}

    /**
     * Rows of the eigenvectors with the largest eigenvalues, signs aside, each vector by the root
     * of its eigenvalue's size; [rows, count]. Where the matrix has fewer, the rest are 0.
     */
    static double[][] of(Sparse matrix, int count, long seed) {
        int columns = Math.min(matrix.size(), count + MORE);
        SplittableRandom random = new SplittableRandom(seed);
        double[][] space = new double[matrix.size()][columns];
        for (double[] row : space) for (int c = 0; c < columns; c++) row[c] = random.nextGaussian();
        for (int i = 0; i < PRODUCTS; i++) space = orthonormal(matrix.times(space));
        return turned(space, new EigenDecomposition(inside(matrix, space)), count);
    }

    /** Columns of length 1 at right angles; what depends on others becomes 0. */
    private static double[][] orthonormal(double[][] rows) {
        double[][] columns = transposed(rows);
        for (int c = 0; c < columns.length; c++) {
            double before = Math.sqrt(inner(columns[c], columns[c]));
            for (int again = 0; again < 2; again++)
                for (int b = 0; b < c; b++)
                    add(columns[c], -inner(columns[c], columns[b]), columns[b]);
            double left = Math.sqrt(inner(columns[c], columns[c]));
            double factor = left > NOTHING * before ? 1 / left : 0;
            for (int i = 0; i < columns[c].length; i++) columns[c][i] *= factor;
        }
        return transposed(columns);
    }

    /** The matrix as the space sees it. */
    private static RealMatrix inside(Sparse matrix, double[][] space) {
        double[][] columns = transposed(space);
        double[][] images = transposed(matrix.times(space));
        double[][] inside = new double[columns.length][columns.length];
        for (int a = 0; a < columns.length; a++) {
            for (int b = 0; b <= a; b++) {
                inside[a][b] = inner(columns[a], images[b]);
                inside[b][a] = inside[a][b];
            }
        }
        return new Array2DRowRealMatrix(inside, false);
    }

    private static double[][] turned(double[][] space, EigenDecomposition inside, int count) {
        double[] sizes = inside.getRealEigenvalues();
        int[] largest =
                IntStream.range(0, sizes.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -Math.abs(sizes[i])))
                        .limit(count)
                        .mapToInt(i -> i)
                        .toArray();
        double[][] turned = new double[space.length][count];
        for (int c = 0; c < largest.length; c++) {
            double[] vector = inside.getEigenvector(largest[c]).toArray();
            double root = Math.sqrt(Math.abs(sizes[largest[c]]));
            for (int row = 0; row < space.length; row++)
                turned[row][c] = root * inner(space[row], vector);
        }
        return turned;
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int r = 0; r < rows.length; r++)
            for (int c = 0; c < columns.length; c++) columns[c][r] = rows[r][c];
        return columns;
    }

    private static double inner(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void add(double[] to, double factor, double[] other) {
        for (int i = 0; i < to.length; i++) to[i] += factor * other[i];
    }
}
