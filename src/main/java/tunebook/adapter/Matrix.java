package tunebook.adapter;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.Weights;

/** A small matrix in plain Java, for what adapters' files need of arithmetic. */
final class Matrix {
    private final double[][] rows;

    private Matrix(double[][] rows) {
        this.rows = rows;
    }

    static Matrix of(Tensor tensor) {
        return new Matrix(tensor.rows());
    }

    private int width() {
        return rows.length == 0 ? 0 : rows[0].length;
    }

    Tensor tensor() {
        return Tensor.ofRows(rows);
    }

    Matrix transposed() {
        double[][] turned = new double[width()][rows.length];
        for (int i = 0; i < rows.length; i++)
            for (int j = 0; j < width(); j++) turned[j][i] = rows[i][j];
        return new Matrix(turned);
    }

    /** These rows, then the other's. */
    Matrix above(Matrix other) {
        return new Matrix(
                Stream.concat(Arrays.stream(rows), Arrays.stream(other.rows))
                        .toArray(double[][]::new));
    }

    /** These columns, then the other's. */
    Matrix beside(Matrix other) {
        return transposed().above(other.transposed()).transposed();
    }

    /** Columns {@code from} to before {@code to}. */
    Matrix columns(int from, int to) {
        return new Matrix(
                Arrays.stream(rows)
                        .map(row -> Arrays.copyOfRange(row, from, to))
                        .toArray(double[][]::new));
    }

    Matrix map(DoubleUnaryOperator each) {
        return new Matrix(
                Arrays.stream(rows)
                        .map(row -> Arrays.stream(row).map(each).toArray())
                        .toArray(double[][]::new));
    }

    /** x·Wᵀ + b with the weights of a site. */
    Matrix linear(Weights weights, String site) {
        double[][] w = weights.get(site + ".weight").rows();
        Tensor bias = weights.get(site + ".bias");
        double[][] y = new double[rows.length][w.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < w.length; j++) {
                double sum = bias.get(j);
                for (int k = 0; k < w[j].length; k++) sum += rows[i][k] * w[j][k];
                y[i][j] = sum;
            }
        }
        return new Matrix(y);
    }

    /** The same numbers in another shape. */
    static Tensor reshaped(Tensor tensor, int... sizes) {
        return Tensor.of(tensor.type(), Shape.of(sizes), tensor.bytes());
    }
}
