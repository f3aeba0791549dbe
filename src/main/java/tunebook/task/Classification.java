package tunebook.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tunebook.core.Batch;
import tunebook.core.Tensor;
import tunebook.data.Batches;
import tunebook.data.Dataset;
import tunebook.data.Example;
import tunebook.data.TextBatches;
import tunebook.data.TextExample;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.stats.Metrics;

/** One of several classes for each text. */
final class Classification extends DataTask<TextExample> {
    Classification(Dataset<TextExample> data) {
        super(data);
    }

    @Override
    public HeadKind head() {
        return HeadKind.CLASSIFIER;
    }

    @Override
    public List<String> classes() {
        return labels();
    }

    @Override
    public List<Metric> metrics() {
        return metrics(labels());
    }

    /**
     * Two classes have an order, so that how well it is found can be measured without threshold.
     */
    static List<Metric> metrics(List<String> labels) {
        return labels.size() == 2
                ? List.of(Metric.ACCURACY, Metric.MACRO_F1, Metric.ROC_AUC)
                : List.of(Metric.ACCURACY, Metric.MACRO_F1);
    }

    @Override
    Batches encode(List<TextExample> part, Backbone backbone, int limit) {
        return TextBatches.of(part, backbone.tokenizer(), limit);
    }

    @Override
    Marking marking(List<TextExample> part, Batches encoded) {
        return new ClassMarking(labels(), part, encoded);
    }

    /** The most probable class of each example, right or wrong. */
    static final class ClassMarking implements Marking {
        private final List<String> labels;
        private final List<? extends Example> part;
        private final int[] truths;
        private final int[] predictions;
        private final double[] towardsSecond;
        private double loss;

        ClassMarking(List<String> labels, List<? extends Example> part, Batches encoded) {
            this.labels = labels;
            this.part = part;
            this.truths = new int[part.size()];
            for (int i = 0; i < truths.length; i++) truths[i] = encoded.labels(i)[0];
            this.predictions = new int[part.size()];
            this.towardsSecond = new double[part.size()];
        }

        @Override
        public void add(int[] which, Batch batch, Tensor logits) {
            for (int i = 0; i < which.length; i++) {
                double[] row = Softmax.row(logits, i);
                double[] p = Softmax.of(row);
                int truth = truths[which[i]];
                predictions[which[i]] = Softmax.most(p);
                // probabilities near 1 round to equal numbers, differences of logits do not
                towardsSecond[which[i]] = row.length == 2 ? row[1] - row[0] : Double.NaN;
                loss -= Math.log(Math.max(p[truth], Double.MIN_NORMAL)) / truths.length;
            }
        }

        @Override
        public Marked marked() {
            List<Mark> marks = new ArrayList<>();
            for (int i = 0; i < truths.length; i++) {
                marks.add(
                        new Mark(
                                part.get(i).id(),
                                labels.get(truths[i]),
                                labels.get(predictions[i]),
                                truths[i] == predictions[i] ? 1 : 0));
            }
            Map<Metric, Double> metrics = new LinkedHashMap<>();
            metrics.put(Metric.ACCURACY, Metrics.accuracy(truths, predictions));
            metrics.put(Metric.MACRO_F1, Metrics.macroF1(truths, predictions));
            if (labels.size() == 2) metrics.put(Metric.ROC_AUC, rocAuc());
            return new Marked(marks, metrics, loss);
        }

        private double rocAuc() {
            boolean[] second = new boolean[truths.length];
            for (int i = 0; i < truths.length; i++) second[i] = truths[i] == 1;
            return Metrics.rocAuc(second, towardsSecond);
        }
    }
}
