package tunebook.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.recipe.Tuning;
import tunebook.stats.Bootstrap;
import tunebook.stats.Interval;
import tunebook.stats.Mark;
import tunebook.task.Marked;
import tunebook.task.Marking;
import tunebook.task.Part;

/**
 * What answers to the test examples are worth, and how long they take.
 *
 * @param marked the answers
 * @param largest greatest difference of a logit to Tunebook's own
 * @param alone median milliseconds for one example
 * @param together median milliseconds for a batch of {@value #TOGETHER}
 */
record Trial(Marked marked, double largest, double alone, double together) {
    static final int TOGETHER = 32;
    private static final int TIMES = 15;

    /** Tunebook's own answers, and the logits of each batch. */
    static Trial own(Engine engine, Tuning tuning, Part test, List<Tensor> logits) {
        try (Engine.Held held = engine.hold(tuning.backbone().weights(), engine.training());
                Session session = engine.open(held, tuning.constants(), tuning.learning(), 0)) {
            return of(
                    test,
                    tuning,
                    batch -> session.evaluate(tuning.programs(0).logits(), batch),
                    logits);
        }
    }

    /**
     * Answers of anything.
     *
     * @param logits of each batch that others are held against; filled where it is empty
     */
    static Trial of(
            Part test, Tuning tuning, Function<Batch, Tensor> answers, List<Tensor> logits) {
        Marking marking = test.marking().get();
        boolean first = logits.isEmpty();
        double largest = 0;
        int number = 0;
        for (int[] which : test.batches().inOrder(marking.batchSize())) {
            Batch batch = tuning.plan().batch(test.batches().batch(which));
            Tensor now = answers.apply(batch);
            if (first) logits.add(now);
            else largest = Math.max(largest, gap(logits.get(number++), now));
            marking.add(which, batch, now);
        }
        return new Trial(
                marking.marked(),
                largest,
                milliseconds(test, tuning, answers, 1),
                milliseconds(test, tuning, answers, TOGETHER));
    }

    private static double gap(Tensor one, Tensor other) {
        double most = 0;
        for (int i = 0; i < one.shape().elements(); i++)
            most = Math.max(most, Math.abs(one.get(i) - other.get(i)));
        return most;
    }

    /** Examples spread evenly over the lengths, after a third of the times to warm up. */
    private static double milliseconds(
            Part test, Tuning tuning, Function<Batch, Tensor> answers, int size) {
        List<int[]> order = test.batches().inOrder(Math.min(size, test.batches().size()));
        List<Double> took = new ArrayList<>();
        for (int time = -TIMES / 3; time < TIMES; time++) {
            int[] which = order.get(Math.floorMod(time, TIMES) * order.size() / TIMES);
            Batch batch = tuning.plan().batch(test.batches().batch(which));
            long began = System.nanoTime();
            Tensor answer = answers.apply(batch);
            double now = (System.nanoTime() - began) / 1e6;
            if (time >= 0 && answer.shape().elements() > 0) took.add(now);
        }
        return took.stream().sorted().toList().get(TIMES / 2);
    }

    /**
     * How much better than another trial's the answers are by the first metric; a 95% interval over
     * the test examples, paired.
     */
    Interval than(Trial other) {
        double[] mine = scores(marked.marks());
        double[] theirs = scores(other.marked.marks());
        return Bootstrap.interval(
                IntStream.range(0, mine.length).mapToDouble(i -> mine[i] - theirs[i]).toArray(),
                0.95);
    }

    private static double[] scores(List<Mark> marks) {
        return marks.stream().mapToDouble(Mark::score).toArray();
    }

    /** The first metric's value. */
    double score() {
        return marked.score();
    }

    @Override
    public String toString() {
        return marked.metric().words() + " " + Arrays.asList(score(), largest, alone, together);
    }
}
