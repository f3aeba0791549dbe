package tunebook.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.Tensor;
import tunebook.data.Batches;
import tunebook.data.Dataset;
import tunebook.data.LabelSetExample;
import tunebook.data.TargetBatches;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.stats.LabelMetrics;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.stats.Ratio;

/** Any number of labels for each text: each is chosen where its probability is ½ or more. */
final class LabelSets extends DataTask<LabelSetExample> {
    LabelSets(Dataset<LabelSetExample> data) {
        super(data);
    }

    @Override
    public HeadKind head() {
        return HeadKind.MULTI_LABEL;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.MICRO_F1, Metric.MACRO_F1, Metric.EXACT_MATCH);
    }

    @Override
    Batches encode(List<LabelSetExample> part, Backbone backbone, int limit) {
        return TargetBatches.of(
                part,
                e -> labels().stream().mapToDouble(label -> e.has(label) ? 1 : 0).toArray(),
                backbone.tokenizer(),
                limit);
    }

    @Override
    Marking marking(List<LabelSetExample> part, Batches encoded) {
        return new SetMarking(labels(), part);
    }

    /** The chosen labels of each example. */
    private static final class SetMarking implements Marking {
        private final List<String> labels;
        private final List<LabelSetExample> part;
        private final boolean[][] truths;
        private final boolean[][] predictions;
        private double loss;

        SetMarking(List<String> labels, List<LabelSetExample> part) {
            this.labels = labels;
            this.part = part;
            this.truths = new boolean[part.size()][labels.size()];
            this.predictions = new boolean[part.size()][labels.size()];
            for (int i = 0; i < truths.length; i++)
                for (int l = 0; l < labels.size(); l++)
                    truths[i][l] = part.get(i).has(labels.get(l));
        }

        @Override
        public void add(int[] which, Batch batch, Tensor logits) {
            int count = labels.size();
            for (int i = 0; i < which.length; i++) {
                boolean[] truth = truths[which[i]];
                for (int l = 0; l < count; l++) {
                    double x = logits.get(i * count + l);
                    predictions[which[i]][l] = Sigmoid.chosen(x);
                    loss += Sigmoid.loss(x, truth[l]) / ((double) count * truths.length);
                }
            }
        }

        @Override
        public Marked marked() {
            double[] scores =
                    Ratio.scores(
                            LabelMetrics.hits(truths, predictions),
                            LabelMetrics.mentions(truths, predictions));
            List<Mark> marks = new ArrayList<>();
            for (int i = 0; i < scores.length; i++) {
                LabelSetExample example = part.get(i);
                marks.add(
                        new Mark(example.id(), example.answer(), words(predictions[i]), scores[i]));
            }
            Map<Metric, Double> metrics = new LinkedHashMap<>();
            metrics.put(Metric.MICRO_F1, LabelMetrics.microF1(truths, predictions));
            metrics.put(Metric.MACRO_F1, LabelMetrics.macroF1(truths, predictions));
            metrics.put(Metric.EXACT_MATCH, LabelMetrics.exactMatch(truths, predictions));
            return new Marked(marks, metrics, loss);
        }

        private String words(boolean... chosen) {
            return IntStream.range(0, chosen.length)
                    .filter(l -> chosen[l])
                    .mapToObj(labels::get)
                    .collect(Collectors.joining(LabelSetExample.SEPARATOR));
        }
    }
}
