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

    /** The product with rows, row by row. */
    double[][] times(double[][] rows) {
        return IntStream.range(0, size())
                .parallel()
                .mapToObj(row -> times(row, rows))
                .toArray(double[][]::new);
    }

    private double[] times(int row, double[][] rows) {
        double[] sum = new double[rows[0].length];
        for (int i = 0; i < columns[row].length; i++) {
            double value = values[row][i];
            double[] other = rows[columns[row][i]];
            for (int c = 0; c < sum.length; c++) sum[c] += value * other[c];
        }
        return sum;
    }
}
