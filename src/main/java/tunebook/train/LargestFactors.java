package tunebook.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The largest eigenvectors of a symmetric matrix by Lanczos' method: each direction is the matrix
 * times the one before, put at right angles to all before it. Sizes of texts' factors fall so
 * slowly that seven directions for each eigenvector are not too many, and a subspace multiplied a
 * few times has a third of them wrong.
 *
 * @see <a href="https://doi.org/10.1137/1.9780898719581">Saad 2011, §6.3</a>
 */
final class LargestFactors {
    private static final double CLOSE = 1e-4;
    private static final double NOTHING = 1e-9;
    private static final int BLOCK = 512;

    private final Sparse matrix;
    private final SplittableRandom random;
    private final List<double[]> directions = new ArrayList<>();
    private final List<Double> along = new ArrayList<>();
    private final List<Double> beyond = new ArrayList<>();
    private double[] next;

    private LargestFactors(Sparse matrix, long seed) {
        this.matrix = matrix;
        this.random = new SplittableRandom(seed);
        this.next = drawn();
    }

    /**
     * Rows of the eigenvectors with the largest eigenvalues, signs aside, each vector by the root
     * of its eigenvalue's size; [rows, count]. Where the matrix has fewer, the rest are 0.
     */
    static double[][] of(Sparse matrix, int count, long seed) {
        return new LargestFactors(matrix, seed).of(count);
    }

    private double[][] of(int count) {
        int size = matrix.size();
        for (int steps = Math.min(size, 4 * count); ; steps = Math.min(size, steps * 5 / 4)) {
            while (directions.size() < steps) step();
            EigenDecomposition inside = inside();
            int[] largest = largest(inside, count);
            if (steps == size || close(inside, largest)) return turned(inside, largest, count);
        }
    }

    private void step() {
        double[] direction = next;
        directions.add(direction);
        next = matrix.times(direction);
        along.add(inner(next, direction));
        double before = length(next);
        straighten(next);
        double left = length(next);
        boolean more = left > NOTHING * before;
        beyond.add(more ? left : 0);
        if (more) scale(next, 1 / left);
        else if (directions.size() < matrix.size()) next = drawn();
    }

    /** A direction by chance, at right angles to the others. */
    private double[] drawn() {
        double[] drawn = new double[matrix.size()];
        for (int i = 0; i < drawn.length; i++) drawn[i] = random.nextGaussian();
        straighten(drawn);
        scale(drawn, 1 / length(drawn));
        return drawn;
    }

    /** Takes out what lies along the directions, and once more what rounding left. */
    private void straighten(double[] vector) {
        for (int again = 0; again < 2; again++) {
            double[] parts =
                    directions.parallelStream().mapToDouble(d -> -inner(d, vector)).toArray();
            int blocks = vector.length / BLOCK + 1;
            IntStream.range(0, blocks).parallel().forEach(b -> add(vector, parts, b * BLOCK));
        }
    }

    /** Adds parts of the directions, to one block of rows. */
    private void add(double[] vector, double[] parts, int from) {
        int end = Math.min(vector.length, from + BLOCK);
        for (int d = 0; d < parts.length; d++) {
            double[] direction = directions.get(d);
            for (int i = from; i < end; i++) vector[i] += parts[d] * direction[i];
        }
    }

    /** The matrix as the directions see it. */
    private EigenDecomposition inside() {
        int steps = directions.size();
        return new EigenDecomposition(
                along.stream().mapToDouble(v -> v).toArray(),
                beyond.subList(0, steps - 1).stream().mapToDouble(v -> v).toArray());
    }

    private static int[] largest(EigenDecomposition inside, int count) {
        double[] sizes = inside.getRealEigenvalues();
        return IntStream.range(0, sizes.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(sizes[i])))
                .limit(count)
                .mapToInt(i -> i)
                .toArray();
    }

    /** Whether the matrix moves none of the vectors aside by more than a small share. */
    private boolean close(EigenDecomposition inside, int[] largest) {
        int last = directions.size() - 1;
        return Arrays.stream(largest)
                .allMatch(
                        i ->
                                Math.abs(beyond.get(last) * inside.getEigenvector(i).getEntry(last))
                                        <= CLOSE * Math.abs(inside.getRealEigenvalue(i)));
    }

    private double[][] turned(EigenDecomposition inside, int[] largest, int count) {
        double[][] turned = new double[matrix.size()][count];
        double least = NOTHING * Math.abs(inside.getRealEigenvalue(largest[0]));
        for (int c = 0; c < largest.length; c++) {
            double size = Math.abs(inside.getRealEigenvalue(largest[c]));
            if (size <= least) break;
            double[] parts = inside.getEigenvector(largest[c]).toArray();
            double[] vector = new double[turned.length];
            for (int from = 0; from < vector.length; from += BLOCK) add(vector, parts, from);
            for (int row = 0; row < vector.length; row++)
                turned[row][c] = Math.sqrt(size) * vector[row];
        }
        return turned;
    }

    private static double length(double[] vector) {
        return Math.sqrt(inner(vector, vector));
    }

    private static double inner(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void scale(double[] vector, double factor) {
        for (int i = 0; i < vector.length; i++) vector[i] *= factor;
    }
}
