package tunebook.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tunebook.core.Batch;
import tunebook.core.Scale;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.data.Batches;
import tunebook.data.Dataset;
import tunebook.data.NumberExample;
import tunebook.data.TargetBatches;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.stats.Errors;
import tunebook.stats.Mark;
import tunebook.stats.Metric;

/**
 * A number for each text. The model learns numbers of mean 0 and variance 1, by the training part,
 * so that the usual learning rates serve; its answers are scaled back.
 */
final class Regression extends DataTask<NumberExample> {
    private final Scale scale;

    /**
     * @throws TunebookException if all numbers of the training part are equal
     */
    Regression(Dataset<NumberExample> data) {
        super(data);
        double[] values = values(data.train());
        try {
            this.scale = Scale.of(values);
        } catch (TunebookException e) {
            throw new TunebookException(
                    data.name(),
                    "has one number only to learn from: every one is " + values[0],
                    "give rows with different numbers, or check the number column",
                    e);
        }
    }

    private static double[] values(List<NumberExample> part) {
        return part.stream().mapToDouble(NumberExample::value).toArray();
    }

    @Override
    public HeadKind head() {
        return HeadKind.REGRESSION;
    }

    @Override
    public Scale scale() {
        return scale;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.MAE, Metric.RMSE, Metric.PEARSON);
    }

    @Override
    Batches encode(List<NumberExample> part, Backbone backbone, int limit) {
        return TargetBatches.of(
                part,
                example -> new double[] {scale.standardized(example.value())},
                backbone.tokenizer(),
                limit);
    }

    @Override
    Marking marking(List<NumberExample> part, Batches encoded) {
        return new NumberMarking(part);
    }

    /** Each example's number in the data's unit. */
    private final class NumberMarking implements Marking {
        private final List<NumberExample> part;
        private final double[] predictions;

        NumberMarking(List<NumberExample> part) {
            this.part = part;
            this.predictions = new double[part.size()];
        }

        @Override
        public void add(int[] which, Batch batch, Tensor logits) {
            for (int i = 0; i < which.length; i++)
                predictions[which[i]] = scale.value(logits.get(i));
        }

        @Override
        public Marked marked() {
            double[] truths = values(part);
            List<Mark> marks = new ArrayList<>();
            for (int i = 0; i < truths.length; i++) {
                NumberExample example = part.get(i);
                marks.add(
                        new Mark(
                                example.id(),
                                example.answer(),
                                Double.toString(predictions[i]),
                                Math.abs(predictions[i] - truths[i])));
            }
            Map<Metric, Double> metrics = new LinkedHashMap<>();
            double rmse = Errors.rootMeanSquared(truths, predictions);
            metrics.put(Metric.MAE, Errors.meanAbsolute(truths, predictions));
            metrics.put(Metric.RMSE, rmse);
            metrics.put(Metric.PEARSON, Errors.correlation(truths, predictions));
            double loss = rmse / scale.deviation();
            return new Marked(marks, metrics, loss * loss);
        }
    }
}
