package tunebook.nd4j;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Asked;
import tunebook.core.Batch;
import tunebook.core.Input;
import tunebook.core.Sequences;

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
        int[] rows = asked.rightRows(right);
        Sequences all = batch.sequences();
        double[] shares = new double[all.rows()];
        double loss = 0;
        for (int i = 0; i < all.count(); i++) {
            int from = all.start(i) + batch.prefix();
            int end = all.start(i) + all.length(i);
            loss += softmaxLoss(scores.value(), from, end, rows[i], shares) / all.count();
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
        INDArray rows = logits.value();
        Asked.Classes classes = asked.classes(labels, rows.size(0), rows.size(1));
        Kernels.Loss loss = kernels.crossEntropy(rows, classes.labels(), classes.shares());
        return record(
                scalar(loss.value()),
                logits.needs,
                dy ->
                        logits.accumulate(
                                () -> fresh(logits, out -> loss.back(dy.getDouble(0), out))));
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
        double[] targets = asked.targets(where, input, values.length);
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
                    x.accumulate(() -> Memory.upload(scaled, type, x.value().shape()));
                });
    }
}
