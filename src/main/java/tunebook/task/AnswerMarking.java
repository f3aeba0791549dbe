package tunebook.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tunebook.core.Batch;
import tunebook.core.Tensor;
import tunebook.data.QuestionExample;
import tunebook.data.QuestionExample.Accepted;
import tunebook.data.Window;
import tunebook.data.Windows;
import tunebook.stats.AnswerMatch;
import tunebook.stats.Mark;
import tunebook.stats.Metric;

/**
 * The best span over all windows of each question. The loss is that of training: half of −log
 * softmax at the answer's first row plus half of that at its last one, in the window that is asked
 * for it.
 */
final class AnswerMarking implements Marking {
    private final Windows windows;
    private final String[] answers;
    private final double[] scores;
    private double loss;
    private int asked;

    AnswerMarking(Windows windows) {
        this.windows = windows;
        this.answers = new String[windows.questions().size()];
        this.scores = new double[answers.length];
    }

    @Override
    public int batchSize() {
        return 32;
    }

    @Override
    public void add(int[] which, Batch batch, Tensor logits) {
        for (int i = 0; i < which.length; i++) {
            Window window = windows.get(which[i]);
            keepBest(window, Spans.of(window, i, batch, logits).best());
            if (window.target() == null) continue;
            int row = batch.sequences().start(i) + batch.prefix();
            double[] starts = Softmax.of(Spans.column(logits, row, window.length(), 0));
            double[] ends = Softmax.of(Spans.column(logits, row, window.length(), 1));
            loss -= log(starts[window.target().begins()]) / 2;
            loss -= log(ends[window.target().ends()]) / 2;
            asked++;
        }
    }

    private static double log(double probability) {
        return Math.log(Math.max(probability, Double.MIN_NORMAL));
    }

    private void keepBest(Window window, Spans.Span span) {
        int q = window.question();
        if (answers[q] != null && !(span.score() > scores[q])) return;
        scores[q] = span.score();
        int from = window.stretch().from()[span.first()];
        int end = window.stretch().end()[span.last()];
        answers[q] = windows.questions().get(q).passage().substring(from, end);
    }

    @Override
    public Marked marked() {
        List<Mark> marks = new ArrayList<>();
        double f1 = 0;
        double exact = 0;
        for (int q = 0; q < answers.length; q++) {
            QuestionExample question = windows.questions().get(q);
            List<String> accepted = question.answers().stream().map(Accepted::text).toList();
            double score = AnswerMatch.f1(answers[q], accepted);
            String truth = String.join(" | ", accepted.stream().distinct().toList());
            marks.add(new Mark(question.id(), truth, answers[q], score));
            f1 += score / answers.length;
            exact += AnswerMatch.exact(answers[q], accepted) / answers.length;
        }
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.ANSWER_F1, f1);
        metrics.put(Metric.EXACT_MATCH, exact);
        return new Marked(marks, metrics, loss / asked);
    }
}
