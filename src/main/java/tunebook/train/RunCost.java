package tunebook.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.ElementType;
import tunebook.cost.Step;
import tunebook.cost.StepCounter;
import tunebook.data.Batches;
import tunebook.model.Cut;
import tunebook.model.Programs;
import tunebook.recipe.Settings;
import tunebook.recipe.Tuning;
import tunebook.task.Part;

/**
 * What a run costs, counted from sizes alone before anything is allocated. It holds for any seed,
 * and for a run that is not stopped early.
 *
 * @param steps of the optimizer
 * @param flops multiplications and additions of all steps, there and back, above the cut, counted
 *     in products and attention: what {@link Spent#flops} says afterwards
 * @param bytes most memory of its own at once on the CPU: what learns with its gradients and
 *     moments, and the largest batch on its way
 */
public record RunCost(int steps, long flops, long bytes) {
    /** Values, gradients and both moments. */
    private static final int COPIES = 4;

    /** Counts a run. */
    public static RunCost of(Tuning tuning, Part train, Part validation) {
        Count count = new Count(tuning, train.batches());
        Settings.Budget budget = tuning.recipe().settings().budget();
        for (int epoch = 0; epoch < budget.epochs(); epoch++)
            for (int[] which : train.batches().epoch(1, epoch, budget.batchSize()))
                count.step(which, epoch);
        return new RunCost(
                count.steps, count.flops, Math.max(count.bytes(), ofAnswers(tuning, validation)));
    }

    /**
     * Most memory that a run's steps can need: that of a batch of the longest examples.
     *
     * @param batchSize examples in it
     */
    public static long mostBytes(Tuning tuning, Part train, int batchSize) {
        Count count = new Count(tuning, train.batches());
        count.step(longest(train.batches(), batchSize), 0);
        return count.bytes();
    }

    private static int[] longest(Batches examples, int count) {
        return IntStream.range(0, examples.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(examples::length).reversed())
                .limit(count)
                .mapToInt(i -> i)
                .toArray();
    }

    /** Most memory where a part is answered, from the cut. */
    private static long ofAnswers(Tuning tuning, Part part) {
        int size = part.marking().get().batchSize();
        Count count = new Count(tuning, part.batches());
        Batch batch = count.batch(longest(part.batches(), size));
        Step step = StepCounter.count(count.programs.logits(), batch, name -> false);
        return count.bytes(step.numbersOfForward());
    }

    private static final class Count {
        private final Tuning tuning;
        private final Batches examples;
        private final Programs programs;
        private final CutRows cutRows;
        private final Map<Key, Step> known = new HashMap<>();
        private Step largest;
        private int steps;
        private long flops;

        /** Batches of equal lengths cost the same where the same learns. */
        private record Key(List<Integer> lengths, Set<String> learning) {}

        Count(Tuning tuning, Batches examples) {
            this.tuning = tuning;
            this.examples = examples;
            this.programs = tuning.programs(examples.varies() ? 0 : tuning.cut());
            this.cutRows = new CutRows(tuning.backbone());
        }

        void step(int[] which, int epoch) {
            steps++;
            Set<String> learning =
                    tuning.learning().names().stream()
                            .filter(name -> tuning.learnsNow(name, epoch))
                            .collect(Collectors.toSet());
            int parts = tuning.recipe().settings().budget().accumulate();
            for (int[] part : Fitting.split(which, parts)) {
                List<Integer> lengths =
                        Arrays.stream(part).mapToObj(examples::length).sorted().toList();
                Step step =
                        known.computeIfAbsent(
                                new Key(lengths, learning), key -> count(part, learning));
                flops += step.flops();
                if (largest == null || step.flops() > largest.flops()) largest = step;
            }
        }

        private Step count(int[] which, Set<String> learning) {
            return StepCounter.count(programs.loss(), batch(which), learning::contains);
        }

        /** With rows below the cut as many as there will be. */
        Batch batch(int... which) {
            Batch batch = examples.batch(which);
            if (programs.cut() > 0) {
                Cut kept = cutRows.kept(programs.below());
                batch = batch.hiddenRows(cutRows.of(examples, kept, which));
            }
            return tuning.plan().batch(batch);
        }

        long bytes() {
            return bytes(largest.numbers());
        }

        long bytes(long numbers) {
            long learned = Math.max(1, tuning.learning().elements());
            return ElementType.F32.bytes() * (COPIES * learned + numbers);
        }
    }
}
