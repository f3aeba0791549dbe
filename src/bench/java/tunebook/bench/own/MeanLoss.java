package tunebook.bench.own;

import java.util.List;
import java.util.Map;
import tunebook.core.Batch;
import tunebook.core.Input;
import tunebook.core.Tensor;
import tunebook.stats.Metric;
import tunebook.task.Marked;
import tunebook.task.Marking;
import tunebook.task.Softmax;

/** The mean loss over classified examples. */
final class MeanLoss implements Marking {
    private double sum;
    private int count;

    @Override
    public void add(int[] which, Batch batch, Tensor logits) {
        int classes = logits.shape().size(1);
        float[] all = logits.floats();
        int[] labels = batch.indices(Input.LABELS);
        for (int i = 0; i < labels.length; i++)
            sum += Softmax.loss(all, i * classes, classes, labels[i]);
        count += labels.length;
    }

    @Override
    public Marked marked() {
        return new Marked(List.of(), Map.of(Metric.ACCURACY, 0.0), sum / count);
    }
}
