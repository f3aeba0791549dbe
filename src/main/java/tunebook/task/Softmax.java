package tunebook.task;

import tunebook.core.Tensor;

/** Logits as probabilities. */
public final class Softmax {
    private Softmax() {}

    /** One row of logits. */
    public static double[] row(Tensor logits, int row) {
        int classes = logits.shape().size(1);
        double[] values = new double[classes];
        for (int j = 0; j < classes; j++) values[j] = logits.get(row * classes + j);
        return values;
    }

    /** e to the power of each logit, divided by their sum. */
    public static double[] of(double... logits) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) highest = Math.max(highest, logit);
        double[] p = new double[logits.length];
        double sum = 0;
        for (int j = 0; j < p.length; j++) {
            p[j] = Math.exp(logits[j] - highest);
            sum += p[j];
        }
        for (int j = 0; j < p.length; j++) p[j] /= sum;
        return p;
    }

    /**
     * −log softmax of one of some logits that stand together, in nats.
     *
     * @param from where the first of them stands
     * @param count how many there are
     * @param right which of them, from 0
     */
    public static double loss(float[] logits, int from, int count, int right) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int j = from; j < from + count; j++) highest = Math.max(highest, logits[j]);
        double sum = 0;
        for (int j = from; j < from + count; j++) sum += Math.exp(logits[j] - highest);
        return Math.log(sum) - (logits[from + right] - highest);
    }

    /** Where the greatest value is, the first of equals. */
    public static int most(double... values) {
        int best = 0;
        for (int j = 1; j < values.length; j++) if (values[j] > values[best]) best = j;
        return best;
    }
}
