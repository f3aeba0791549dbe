package tunebook.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tunebook.core.Batch;
import tunebook.core.Tensor;
import tunebook.data.Batches;
import tunebook.data.Bio;
import tunebook.data.EncodedWords;
import tunebook.data.EntityExample;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.stats.Ratio;

/**
 * The most probable tag of each word. A word without a token of its own, or whose tokens were cut
 * off, is predicted O. Tags out of order are mended as {@link Bio} says, so that marks hold BIO; an
 * entity is right where type and both ends are. F1, precision and recall are over all entities of
 * all types together, 0 where there is none to count. A sentence's score is its part in F1, see
 * {@link Ratio}.
 */
final class EntityMarking implements Marking {
    static final List<Metric> METRICS =
            List.of(Metric.ENTITY_F1, Metric.ENTITY_PRECISION, Metric.ENTITY_RECALL);

    private final List<String> labels;
    private final List<EntityExample> part;
    private final Batches encoded;
    private final List<List<String>> tags = new ArrayList<>();
    private double loss;
    private int words;

    EntityMarking(List<String> labels, List<EntityExample> part, Batches encoded) {
        this.labels = labels;
        this.part = part;
        this.encoded = encoded;
        for (EntityExample example : part)
            tags.add(new ArrayList<>(Collections.nCopies(example.words().size(), Bio.OUTSIDE)));
    }

    @Override
    public void add(int[] which, Batch batch, Tensor logits) {
        int row = 0;
        for (int sentence : which) {
            EncodedWords own = (EncodedWords) encoded.example(sentence);
            for (int k = 0; k < own.words().length; k++) {
                double[] p = Softmax.of(Softmax.row(logits, row++));
                tags.get(sentence).set(own.words()[k], labels.get(Softmax.most(p)));
                loss -= Math.log(Math.max(p[own.labels()[k]], Double.MIN_NORMAL));
                words++;
            }
        }
    }

    @Override
    public Marked marked() {
        int sentences = part.size();
        double[] right = new double[sentences];
        double[] counted = new double[sentences];
        EntityMetrics.Counts all = EntityMetrics.Counts.NONE;
        List<String> predictions = new ArrayList<>();
        for (int i = 0; i < sentences; i++) {
            List<Bio.Span> predicted = Bio.spans(tags.get(i));
            EntityMetrics.Counts own = EntityMetrics.Counts.of(part.get(i).entities(), predicted);
            predictions.add(String.join(" ", Bio.tags(tags.get(i).size(), predicted)));
            right[i] = 2.0 * own.right();
            counted[i] = own.predicted() + own.truth();
            all = all.plus(own);
        }
        double[] scores = Ratio.scores(right, counted);
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < sentences; i++) {
            EntityExample example = part.get(i);
            marks.add(new Mark(example.id(), example.answer(), predictions.get(i), scores[i]));
        }
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.ENTITY_F1, all.f1());
        metrics.put(Metric.ENTITY_PRECISION, all.precision());
        metrics.put(Metric.ENTITY_RECALL, all.recall());
        return new Marked(marks, metrics, loss / words);
    }
}
