package tunebook.task;

import java.util.List;
import tunebook.data.Dataset;
import tunebook.data.QuestionExample;
import tunebook.data.Windows;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.stats.Metric;

/**
 * The stretch of a passage that answers a question. What is learned from has one window a question,
 * what is judged all of them.
 */
record Answers(Dataset<QuestionExample> data) implements Task {
    @Override
    public HeadKind head() {
        return HeadKind.SPANS;
    }

    @Override
    public List<String> labels() {
        return List.of();
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.ANSWER_F1, Metric.EXACT_MATCH);
    }

    @Override
    public Part train(Backbone backbone, int limit) {
        return part(windows(data.train(), backbone, limit).asked());
    }

    @Override
    public Part validation(Backbone backbone, int limit) {
        return part(windows(data.validation(), backbone, limit));
    }

    @Override
    public Part test(Backbone backbone, int limit) {
        return part(windows(data.test(), backbone, limit));
    }

    private static Windows windows(List<QuestionExample> part, Backbone backbone, int limit) {
        return Windows.of(part, backbone.tokenizer(), limit);
    }

    private static Part part(Windows windows) {
        return new Part(windows.batches(), () -> new AnswerMarking(windows));
    }
}
