package tunebook.nd4j;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Batch;
import tunebook.core.Input;
import tunebook.core.Sequences;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;

/** The losses against the batch's right answers. */
abstract class LossTape extends WindowTape {
    /**
     * @param dropout generator of dropout masks, or null while not training: then nothing is
     *     remembered
     */
    LossTape(Slots slots, Kernels kernels, Batch batch, DataType type, SplittableRandom dropout) {
        super(slots, kernels, batch, type, dropout);
    }

    /** On the host: a number a row is too little to hand over. */
    @Override
    public Var rowCrossEntropy(Var scores, Input right) {
        int[] rows = batch.indices(right);
        Sequences all = batch.sequences();
        double[] shares = new double[all.rows()];
        double loss = 0;
        for (int i = 0; i < all.count(); i++) {
            int from = all.start(i) + batch.prefix();
            int end = all.start(i) + all.length(i);
            if (rows[i] < 0 || from + rows[i] >= end) {
                throw new TunebookException(
                        right + " of sequence " + i,
                        "is row " + rows[i] + ", the text has rows 0 … " + (end - from - 1),
                        "leave out questions whose answer was cut off");
            }
            loss += softmaxLoss(scores.value(), from, end, from + rows[i], shares) / all.count();
        }
        return record(
                scalar(loss),
                scores.needs,
                dy -> {
                    double factor = dy.getDouble(0) / all.count();
                    INDArray dx = empty(scores.value().shape());
                    for (int r = 0; r < shares.length; r++) dx.putScalar(r, factor * shares[r]);
                    scores.accumulate(() -> dx);
                });
    }

    /** −log softmax at one row of a stretch; the shares become its gradient. */
    private static double softmaxLoss(
            INDArray scores, int from, int end, int right, double[] shares) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int r = from; r < end; r++) highest = Math.max(highest, scores.getDouble(r));
        double sum = 0;
        for (int r = from; r < end; r++) {
            shares[r] = Math.exp(scores.getDouble(r) - highest);
            sum += shares[r];
        }
        for (int r = from; r < end; r++) shares[r] /= sum;
        double loss = -Math.log(shares[right]);
        shares[right] -= 1;
        return loss;
    }

    @Override
    public Var crossEntropy(Var logits, Input labels) {
        int[] right = batch.indices(labels);
        double[] shares = shares(right, logits.value());
        Kernels.Loss loss = kernels.crossEntropy(logits.value(), right, shares);
        return record(
                scalar(loss.value()),
                logits.needs,
                dy ->
                        logits.accumulate(
                                () -> fresh(logits, out -> loss.back(dy.getDouble(0), out))));
    }

    /**
     * What each row's loss counts in the mean; refuses labels that are no class before they reach
     * native code.
     */
    private double[] shares(int[] labels, INDArray logits) {
        long n = logits.size(0);
        long classes = logits.size(1);
        if (labels.length != n) {
            throw new TunebookException(
                    "crossEntropy",
                    labels.length + " labels for " + n + " rows",
                    "give one label for each row");
        }
        double[] shares = new double[labels.length];
        double total = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new TunebookException(
                        "crossEntropy",
                        "row "
                                + i
                                + " has label "
                                + labels[i]
                                + ", classes are 0 … "
                                + (classes - 1),
                        "give the head as many classes as the data has");
            }
            shares[i] = batch.labelWeights() == null ? 1 : batch.labelWeights()[i];
            total += shares[i];
        }
        for (int i = 0; i < shares.length; i++) shares[i] /= total;
        return shares;
    }

    @Override
    public Var squaredError(Var x, Input targets) {
        return elementwise(
                "squaredError",
                x,
                targets,
                (value, target, gradient, i) -> {
                    gradient[i] = 2 * (value - target);
                    return (value - target) * (value - target);
                });
    }

    /** log(1 + e^x) − t·x, with the greater of x and 0 taken out of the logarithm. */
    @Override
    public Var binaryCrossEntropy(Var logits, Input targets) {
        return elementwise(
                "binaryCrossEntropy",
                logits,
                targets,
                (x, t, gradient, i) -> {
                    double e = Math.exp(-Math.abs(x));
                    gradient[i] = (x >= 0 ? 1 : e) / (1 + e) - t;
                    return Math.max(x, 0) - t * x + Math.log1p(e);
                });
    }

    private interface ElementLoss {
        double of(double value, double target, double[] gradient, int i);
    }

    /** The mean over all elements, in double and on the host: it is the last thing computed. */
    private Var elementwise(String where, Var x, Input input, ElementLoss loss) {
        double[] values = Memory.download(x.value()).doubles();
        double[] targets = batch.tensor(input).doubles();
        if (targets.length != values.length) {
            throw new TunebookException(
                    where,
                    targets.length + " targets for " + values.length + " numbers",
                    "give one target for each number that the model answers");
        }
        double[] gradient = new double[values.length];
        double sum = 0;
        for (int i = 0; i < values.length; i++) sum += loss.of(values[i], targets[i], gradient, i);
        return record(
                scalar(sum / values.length),
                x.needs,
                dy -> {
                    double factor = dy.getDouble(0) / values.length;
                    double[] scaled = new double[gradient.length];
                    for (int i = 0; i < scaled.length; i++) scaled[i] = factor * gradient[i];
                    x.accumulate(
                            () ->
                                    Memory.upload(Tensor.of(scaled, scaled.length), type)
                                            .reshape('c', x.value().shape()));
                });
    }
}
