package tunebook.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Cross-entropy over float logits, row by row; the exponentials are kept for the way back. */
final class FloatCrossEntropy implements Kernels.Loss {
    private final Rowwise rowwise;
    private final INDArray logits;
    private final int[] labels;
    private final double[] shares;
    private final int classes;
    private final float[] highest;
    private final double[] sums;
    private final double value;

    FloatCrossEntropy(Rowwise rowwise, INDArray logits, int[] labels, double[] shares) {
        this.rowwise = rowwise;
        this.logits = logits;
        this.labels = labels;
        this.shares = shares;
        this.classes = (int) logits.size(1);
        this.highest = new float[labels.length];
        this.sums = new double[labels.length];
        this.value = forward();
    }

    private double forward() {
        FloatBuffer in = Memory.floats(logits);
        double[] losses = new double[labels.length];
        rowwise.each(
                labels.length,
                classes,
                (s, from, end) -> {
                    float[] row = new float[classes];
                    for (int i = from; i < end; i++) {
                        in.get(i * classes, row);
                        float right = row[labels[i]];
                        float top = row[0];
                        for (int j = 1; j < classes; j++) top = Math.max(top, row[j]);
                        for (int j = 0; j < classes; j++) row[j] -= top;
                        FloatMath.exp(row, classes);
                        highest[i] = top;
                        sums[i] = FloatMath.sum(row, classes);
                        losses[i] = shares[i] * (Math.log(sums[i]) - (right - top));
                    }
                });
        double loss = 0;
        for (double l : losses) loss += l;
        return loss;
    }

    @Override
    public double value() {
        return value;
    }

    @Override
    public void back(double dy, INDArray dlogits) {
        FloatBuffer in = Memory.floats(logits);
        FloatBuffer out = Memory.floats(dlogits);
        rowwise.each(
                labels.length,
                classes,
                (s, from, end) -> {
                    float[] row = new float[classes];
                    for (int i = from; i < end; i++) {
                        in.get(i * classes, row);
                        float top = highest[i];
                        for (int j = 0; j < classes; j++) row[j] -= top;
                        FloatMath.exp(row, classes);
                        float factor = (float) (shares[i] * dy / sums[i]);
                        for (int j = 0; j < classes; j++) row[j] *= factor;
                        row[labels[i]] -= (float) (shares[i] * dy);
                        out.put(i * classes, row);
                    }
                });
    }
}
