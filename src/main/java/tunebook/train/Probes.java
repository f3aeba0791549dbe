package tunebook.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.cost.Counter;
import tunebook.data.Batches;
import tunebook.model.Backbone;
import tunebook.model.Model;
import tunebook.model.Programs;

/** What a backbone has learned before anybody tunes it. For one thread at a time. */
public final class Probes implements AutoCloseable {
    private static final String MASK = "[MASK]";

    private final Backbone backbone;
    private final Engine.Held held;
    private final Session session;

    /** Puts the backbone on an engine. */
    public Probes(Engine engine, Backbone backbone) {
        this.backbone = backbone;
        this.held = engine.hold(backbone.weights(), Precision.FLOAT);
        this.session = engine.open(held, Weights.none(), 0);
    }

    /**
     * A token and how much speaks for it.
     *
     * @param token as the vocabulary has it
     * @param value a probability, or a cosine
     */
    public record Guess(String token, double value) {}

    /**
     * The most probable tokens at a text's first {@code [MASK]}.
     *
     * @throws TunebookException if the text has none, or the backbone predicts no masked words
     */
    public List<Guess> masked(String text, int count) {
        Tokenizer tokenizer = tokenizer("fillMask");
        Programs programs = maskedWords("fillMask", backbone);
        int[] ids = tokenizer.encode(text, Integer.MAX_VALUE).ids();
        int mask = tokenizer.id(MASK);
        int at = IntStream.range(0, ids.length).filter(i -> ids[i] == mask).findFirst().orElse(-1);
        if (at < 0) {
            throw new TunebookException(
                    "fillMask(\"" + text + "\")", "has no " + MASK, "write it in place of a word");
        }
        Batch batch =
                Batch.text(new Sequences(ids.length), ids, new int[ids.length])
                        .predicted(new int[] {at});
        double[] logits = session.evaluate(programs.logits(), batch).doubles();
        double most = Arrays.stream(logits).max().orElse(0);
        double all = Arrays.stream(logits).map(x -> Math.exp(x - most)).sum();
        return best(count, logits.length, i -> Math.exp(logits[i] - most) / all);
    }

    /** What predicts masked words, if the backbone has learned to. */
    static Programs maskedWords(String asked, Backbone backbone) {
        if (predictsMaskedWords(backbone)) return languagePrograms(backbone.model());
        throw new TunebookException(
                asked,
                backbone.name() + " has not learned to predict masked words",
                "take an encoder with its language head, such as tiny-english");
    }

    /** Whether a backbone of texts has learned to predict masked words. */
    public static boolean predictsMaskedWords(Backbone backbone) {
        Model model = backbone.model();
        return !model.causal()
                && backbone.tokenizer().id(MASK) >= 0
                && backbone.weights()
                        .names()
                        .containsAll(
                                Counter.scan(languagePrograms(model).logits(), model.example(), 0)
                                        .weights()
                                        .keySet());
    }

    private static Programs languagePrograms(Model model) {
        return new Programs(model, model.languageHead(), Decorator.NONE, 0);
    }

    /**
     * The tokens whose vectors in the word table are nearest to a word's, by cosine once the mean
     * of all is taken away.
     *
     * @throws TunebookException if the word is not one token
     */
    public List<Guess> nearest(String word, int count) {
        Tokenizer tokenizer = tokenizer("nearestWords");
        int[] ids = tokenizer.plain(word);
        if (ids.length != 1) {
            throw new TunebookException(
                    "nearestWords(\"" + word + "\")",
                    "is " + ids.length + " tokens to " + backbone.name(),
                    "give a word that is common enough to be one");
        }
        Tensor table =
                backbone.weights().get(backbone.model().text("nearestWords").words() + ".weight");
        int width = table.shape().size(1);
        float[] rows = centred(table.floats(), width);
        int own = ids[0];
        return best(
                count,
                table.shape().size(0),
                i -> i == own ? Double.NEGATIVE_INFINITY : cosine(rows, width, own, i));
    }

    /** What all vectors have in common says nothing of a word. */
    private static float[] centred(float[] rows, int width) {
        double[] mean = new double[width];
        for (int i = 0; i < rows.length; i++)
            mean[i % width] += (double) rows[i] * width / rows.length;
        for (int i = 0; i < rows.length; i++) rows[i] -= (float) mean[i % width];
        return rows;
    }

    private static double cosine(float[] rows, int width, int a, int b) {
        double product = 0;
        double left = 0;
        double right = 0;
        for (int j = 0; j < width; j++) {
            double x = rows[a * width + j];
            double y = rows[b * width + j];
            product += x * y;
            left += x * x;
            right += y * y;
        }
        return left == 0 || right == 0 ? 0 : product / Math.sqrt(left * right);
    }

    private interface Value {
        double of(int id);
    }

    private List<Guess> best(int count, int tokens, Value value) {
        return IntStream.range(0, tokens)
                .mapToObj(id -> new Guess(backbone.tokenizer().token(id), value.of(id)))
                .sorted(Comparator.comparingDouble(guess -> -guess.value()))
                .limit(count)
                .toList();
    }

    /**
     * How well the last block's rows tell classes apart as they are: each test example is given the
     * class whose mean over the training examples is nearest.
     *
     * @param train examples of one class each
     * @param test others of the same classes
     * @return share of the test examples that are given their own class, 0 … 1
     */
    public double separation(Batches train, Batches test) {
        List<double[]> sums = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        double[][] known = means(train);
        for (int i = 0; i < known.length; i++) {
            int label = train.labels(i)[0];
            while (sums.size() <= label) {
                sums.add(new double[known[i].length]);
                counts.add(0);
            }
            for (int j = 0; j < known[i].length; j++) sums.get(label)[j] += known[i][j];
            counts.set(label, counts.get(label) + 1);
        }
        double[][] seen = means(test);
        int right = 0;
        for (int i = 0; i < seen.length; i++)
            if (nearest(seen[i], sums, counts) == test.labels(i)[0]) right++;
        return right / (double) seen.length;
    }

    private static int nearest(double[] of, List<double[]> sums, List<Integer> counts) {
        int nearest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int label = 0; label < sums.size(); label++) {
            if (counts.get(label) == 0) continue;
            double square = 0;
            for (int j = 0; j < of.length; j++) {
                double gap = of[j] - sums.get(label)[j] / counts.get(label);
                square += gap * gap;
            }
            if (square < least) {
                least = square;
                nearest = label;
            }
        }
        return nearest;
    }

    /** Each example's mean over its rows of the last block. */
    private double[][] means(Batches examples) {
        Programs programs = new Programs(backbone.model(), null, Decorator.NONE, 0);
        double[][] means = new double[examples.size()][];
        for (int[] which : examples.inOrder(32)) {
            Tensor rows = session.evaluate(programs.hidden(), examples.batch(which));
            float[] values = rows.floats();
            int width = rows.shape().size(1);
            int at = 0;
            for (int i : which) {
                int count =
                        backbone.model().rows(backbone.model().blocks() + 1, examples.length(i));
                means[i] = new double[width];
                for (int r = 0; r < count; r++, at += width)
                    for (int j = 0; j < width; j++) means[i][j] += values[at + j] / count;
            }
        }
        return means;
    }

    private Tokenizer tokenizer(String who) {
        backbone.model().text(who);
        return backbone.tokenizer();
    }

    @Override
    public void close() {
        session.close();
        held.close();
    }
}
