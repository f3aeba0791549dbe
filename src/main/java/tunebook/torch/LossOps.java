package tunebook.torch;

import java.util.Optional;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import tunebook.core.Asked;
import tunebook.core.Input;
import tunebook.core.Sequences;

/** The losses against the batch's right answers. */
abstract class LossOps extends WindowOps {
    LossOps(Slots slots, Place place, Asked asked, Optional<Generator> dropout) {
        super(slots, place, asked, dropout);
    }

    @Override
    public Value crossEntropy(Value logits, Input labels) {
        Asked.Classes classes = asked.classes(labels, logits.rows(), logits.width());
        return Value.of(
                likelihood(
                        logits.tensor(),
                        classes.labels(),
                        place.upload(classes.shares(), logits.rows(), 1)));
    }

    /** −Σ share · log softmax(logits)[right]. */
    private Tensor likelihood(Tensor logits, int[] right, Tensor shares) {
        Tensor picked =
                torch.log_softmax(place.exact(logits), 1)
                        .gather(1, place.indices(right).reshape(right.length, 1));
        return picked.mul(shares).sum().neg();
    }

    /** Each text's scores a row, as long as the longest, filled up with what has no probability. */
    @Override
    public Value rowCrossEntropy(Value scores, Input right) {
        int[] rows = asked.rightRows(right);
        int virtual = asked.batch().prefix();
        Sequences all = asked.batch().sequences();
        int longest = all.longest() - virtual;
        int[] from = new int[all.count() * longest];
        double[] filling = new double[from.length];
        int[] answers = new int[all.count()];
        double[] shares = new double[all.count()];
        for (int i = 0; i < all.count(); i++) {
            answers[i] = rows[i] - all.start(i) - virtual;
            shares[i] = 1.0 / all.count();
            for (int t = 0; t < longest; t++) {
                boolean there = t < all.length(i) - virtual;
                from[i * longest + t] = there ? all.start(i) + virtual + t : 0;
                filling[i * longest + t] = there ? 0 : Double.NEGATIVE_INFINITY;
            }
        }
        Tensor table =
                chosen(place.exact(scores.tensor()), from)
                        .reshape(all.count(), longest)
                        .add(place.upload(filling, all.count(), longest));
        return Value.of(likelihood(table, answers, place.upload(shares, all.count(), 1)));
    }

    @Override
    public Value squaredError(Value x, Input targets) {
        Tensor gap = place.exact(x.tensor()).sub(like(x, "squaredError", targets));
        return Value.of(gap.mul(gap).mean());
    }

    /** max(x, 0) − t·x + log(1 + e^−|x|). */
    @Override
    public Value binaryCrossEntropy(Value logits, Input targets) {
        Tensor x = place.exact(logits.tensor());
        Tensor t = like(logits, "binaryCrossEntropy", targets);
        Tensor rest = x.abs().neg().exp().log1p();
        return Value.of(x.clamp_min(new Scalar(0.0)).sub(t.mul(x)).add(rest).mean());
    }

    private Tensor like(Value x, String where, Input targets) {
        double[] numbers = asked.targets(where, targets, x.tensor().numel());
        return place.upload(numbers, x.rows(), x.width());
    }
}
