package tunebook.train;

import java.util.stream.IntStream;

/** A square matrix of which only what is above 0 is kept. */
final class Sparse {
    private final int[][] columns;
    private final float[][] values;

    Sparse(int size) {
        this.columns = new int[size][0];
        this.values = new float[size][0];
    }

    int size() {
        return columns.length;
    }

    boolean isEmpty(int row) {
        return columns[row].length == 0;
    }

    /** Sets a row to what is above 0 in the one given. */
    void row(int row, float[] full) {
        columns[row] = IntStream.range(0, full.length).filter(c -> full[c] > 0).toArray();
        values[row] = new float[columns[row].length];
        for (int i = 0; i < columns[row].length; i++) values[row][i] = full[columns[row][i]];
    }

    /** The product with a vector. */
    double[] times(double[] vector) {
        return IntStream.range(0, size())
                .parallel()
                .mapToDouble(row -> times(row, vector))
                .toArray();
    }

    private double times(int row, double[] vector) {
        double sum = 0;
        for (int i = 0; i < columns[row].length; i++)
            sum += values[row][i] * vector[columns[row][i]];
        return sum;
    }
}
