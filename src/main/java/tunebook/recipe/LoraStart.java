package tunebook.recipe;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import tunebook.core.Init;
import tunebook.core.Weights;

/**
 * Where A and B of one site begin. PiSSA and OLoRA begin at a part of the weight itself; instead of
 * taking that part off the frozen weight, which all runs share, a second, constant pair takes it
 * off the product. Step 0 is then the base model to the bit, and what was learned can be written as
 * an ordinary LoRA of twice the rank.
 *
 * @see <a href="https://arxiv.org/abs/2404.02948">Meng et al. 2024, PiSSA, §3</a>
 * @see <a href="https://arxiv.org/abs/2406.01775">Büyükakyüz 2024, OLoRA</a>
 */
final class LoraStart {
    private final LoraForm.Start start;
    private final String weight;
    private final int rank;
    private final double scale;
    private Weights decomposed;
    private RealMatrix left;
    private RealMatrix right;

    LoraStart(LoraForm.Start start, String weight, int rank, double scale) {
        this.start = start;
        this.weight = weight;
        this.rank = rank;
        this.scale = scale;
    }

    /** A, [rank, in]. */
    Init down() {
        if (start == LoraForm.Start.KAIMING) return Init.KAIMING;
        return (shape, random, given) -> {
            decompose(given);
            return values(right);
        };
    }

    /** B, [out, rank]. */
    Init up() {
        if (start == LoraForm.Start.KAIMING) return Init.ZEROS;
        return (shape, random, given) -> {
            decompose(given);
            return values(left);
        };
    }

    private void decompose(Weights given) {
        if (decomposed == given) return;
        RealMatrix matrix = new Array2DRowRealMatrix(given.get(weight).rows());
        int last = rank - 1;
        if (start == LoraForm.Start.PISSA) {
            SingularValueDecomposition svd = new SingularValueDecomposition(matrix);
            left = svd.getU().getSubMatrix(0, matrix.getRowDimension() - 1, 0, last);
            right = svd.getVT().getSubMatrix(0, last, 0, matrix.getColumnDimension() - 1);
            double[] roots = svd.getSingularValues();
            for (int i = 0; i < rank; i++) {
                double root = Math.sqrt(roots[i] / scale);
                left.setColumnVector(i, left.getColumnVector(i).mapMultiply(root));
                right.setRowVector(i, right.getRowVector(i).mapMultiply(root));
            }
        } else {
            QRDecomposition qr = new QRDecomposition(matrix);
            left = qr.getQ().getSubMatrix(0, matrix.getRowDimension() - 1, 0, last);
            right = qr.getR().getSubMatrix(0, last, 0, matrix.getColumnDimension() - 1);
        }
        decomposed = given;
    }

    private static double[] values(RealMatrix matrix) {
        int columns = matrix.getColumnDimension();
        double[] values = new double[matrix.getRowDimension() * columns];
        for (int i = 0; i < values.length; i++)
            values[i] = matrix.getEntry(i / columns, i % columns);
        return values;
    }
}
