package tunebook.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tunebook.core.Batch;
import tunebook.core.Tensor;
import tunebook.core.Tokenizer;
import tunebook.data.Dataset;
import tunebook.data.ProseExample;
import tunebook.data.ProseWindows;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.stats.Ratio;

/** The next token of running text; what is compared are windows of it, by nats a token. */
final class Language implements Task {
    /** Most logits at once, in numbers. */
    private static final int LOGITS = 1 << 23;

    private static final int SHOWN = 60;

    private final Dataset<ProseExample> data;

    Language(Dataset<ProseExample> data) {
        this.data = data;
    }

    @Override
    public HeadKind head() {
        return HeadKind.LANGUAGE;
    }

    @Override
    public List<String> labels() {
        return List.of();
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.TOKEN_LOSS, Metric.PERPLEXITY);
    }

    @Override
    public Part train(Backbone backbone, int limit) {
        return part(data.train(), backbone, limit);
    }

    @Override
    public Part validation(Backbone backbone, int limit) {
        return part(data.validation(), backbone, limit);
    }

    @Override
    public Part test(Backbone backbone, int limit) {
        return part(data.test(), backbone, limit);
    }

    private Part part(List<ProseExample> some, Backbone backbone, int limit) {
        int vocabulary = backbone.model().text(data.name()).vocabulary();
        ProseWindows windows = ProseWindows.of(some, backbone.tokenizer(), limit);
        int at = (int) Math.max(1, Math.min(64, LOGITS / ((long) limit * vocabulary)));
        return new Part(
                windows.batches(), () -> new WindowMarking(windows, backbone.tokenizer(), at));
    }

    /** The loss of each window. */
    private static final class WindowMarking implements Marking {
        private final ProseWindows windows;
        private final Tokenizer tokenizer;
        private final int atOnce;
        private final double[] losses;

        WindowMarking(ProseWindows windows, Tokenizer tokenizer, int atOnce) {
            this.windows = windows;
            this.tokenizer = tokenizer;
            this.atOnce = atOnce;
            this.losses = new double[windows.windows().size()];
        }

        @Override
        public int batchSize() {
            return atOnce;
        }

        @Override
        public void add(int[] which, Batch batch, Tensor logits) {
            float[] all = logits.floats();
            int vocabulary = logits.shape().size(1);
            int row = 0;
            for (int window : which)
                for (int right : windows.windows().get(window).labels())
                    losses[window] += Softmax.loss(all, row++ * vocabulary, vocabulary, right);
        }

        @Override
        public Marked marked() {
            double[] tokens =
                    windows.windows().stream().mapToDouble(ProseWindows.Window::length).toArray();
            double[] scores = Ratio.scores(losses, tokens);
            List<Mark> marks = new ArrayList<>();
            for (int i = 0; i < scores.length; i++) {
                String loss =
                        String.format(Locale.ROOT, "%.3f nats a token", losses[i] / tokens[i]);
                marks.add(new Mark("window " + (i + 1), begin(i), loss, scores[i]));
            }
            double loss = Ratio.of(losses, tokens);
            Map<Metric, Double> metrics = new LinkedHashMap<>();
            metrics.put(Metric.TOKEN_LOSS, loss);
            metrics.put(Metric.PERPLEXITY, Math.exp(loss));
            return new Marked(marks, metrics, loss);
        }

        private String begin(int window) {
            String text = tokenizer.decode(windows.windows().get(window).labels());
            return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        }
    }
}
