package tunebook.bench;

import static tunebook.Tunebook.featureExtraction;
import static tunebook.Tunebook.full;
import static tunebook.Tunebook.partial;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import tunebook.bench.djl.DjlFit;
import tunebook.bench.djl.DjlSteps;
import tunebook.bench.own.OwnCost;
import tunebook.bench.own.OwnFit;
import tunebook.bench.own.OwnSteps;
import tunebook.bench.work.Encoders;
import tunebook.bench.work.Fit;
import tunebook.bench.work.Lengths;
import tunebook.bench.work.Steps;
import tunebook.bench.work.Texts;
import tunebook.data.Batches;
import tunebook.recipe.Recipe;

/** Epochs and whole runs of training encoders. */
final class FitCases {
    private static final String SECONDS = "s/unit";
    private static final int BATCH = 32;

    private FitCases() {}

    static List<Case> all() {
        return List.of(
                epoch("epoch-sst2", false, Goal.atMost(0.6)),
                epoch("epoch-sst2-sorted", true, Goal.NONE),
                fit("features-10", featureExtraction(), 0.12),
                fit("partial-10", partial().last(1), 0.3),
                cost(2, Goal.NONE),
                cost(4, Goal.NONE),
                cost(8, Goal.between(0.95, 1.05)));
    }

    /**
     * One epoch over 1,600 texts as long as SST-2's ({@link Lengths}) in batches of 32, full
     * fine-tuning of 2 blocks of width 128. Both sides have the same batches: in the order of the
     * file, which is none of length, as a user of DJL has them who shuffles; DJL pads them to the
     * longest and Tunebook does not pad. Or sorted ones as Tunebook's trainer makes them, sixteen
     * batches at a time sorted by length, which leaves little to be padded.
     */
    private static Case epoch(String name, boolean sorted, Goal goal) {
        return new Case(
                name,
                SECONDS,
                goal,
                Side.tunebook(() -> new OwnSteps(epoch(sorted))),
                Side.djl(() -> new DjlSteps(epoch(sorted))),
                Case.Terms.USUAL.warm(1));
    }

    private static Steps epoch(boolean sorted) {
        int[] lengths = Lengths.sst2();
        Texts all = Texts.drawn(lengths, Encoders.VOCABULARY, new Random(Encoders.SEED));
        Batches examples = all.batches();
        List<Texts> batches =
                sorted
                        ? examples.epoch(Encoders.SEED, 0, BATCH).stream()
                                .map(which -> Texts.of(examples, which))
                                .toList()
                        : IntStream.range(0, lengths.length / BATCH)
                                .mapToObj(b -> IntStream.range(b * BATCH, (b + 1) * BATCH))
                                .map(which -> Texts.of(examples, which.toArray()))
                                .toList();
        return new Steps(
                () -> Encoders.tuning(full(), Encoders.bert(2, 128, 2)),
                batches,
                1e-4,
                batches.size());
    }

    /**
     * Ten epochs of 6 blocks of width 384 over 96 texts of 64 tokens in batches of 16, with the
     * loss over 32 others after each. Tunebook's trainer computes what is frozen once, in every
     * unit anew; DJL computes it in every epoch.
     */
    private static Case fit(String name, Recipe recipe, double goal) {
        return new Case(
                name,
                SECONDS,
                Goal.atMost(goal),
                Side.tunebook(() -> new OwnFit(ten(recipe))),
                Side.djl(() -> new DjlFit(ten(recipe))),
                Case.Terms.USUAL.warm(1));
    }

    private static Fit ten(Recipe recipe) {
        return new Fit(
                Encoders.tuning(
                        recipe.epochs(10)
                                .batchSize(16)
                                .patience(0)
                                .learningRate(1e-3)
                                .maxNorm(Double.POSITIVE_INFINITY),
                        Encoders.bert(6, 384, 12)),
                Encoders.texts(96, 64, 1),
                Encoders.texts(32, 64, 2));
    }

    /**
     * Seconds for an example where there are so many times more, over those where there are not:
     * one epoch of full fine-tuning by Tunebook's trainer, 2 blocks of width 128, 480 texts of 64
     * tokens times 1, 2, 4 or 8 in batches of 32, and a quarter as many for validation. A unit
     * always learns from as many texts: from 1 times as many in 8 runs, from 8 times as many in
     * one.
     */
    private static Case cost(int times, Goal goal) {
        return new Case(
                "linear-cost-" + times + "x",
                "s/example",
                goal,
                Side.tunebook("Tunebook, " + times + " x", () -> cost(times)),
                Side.tunebook("Tunebook, 1 x", () -> cost(1)),
                Case.Terms.USUAL.unlike());
    }

    private static OwnCost cost(int times) {
        Recipe recipe = full().epochs(1).batchSize(BATCH);
        Fit fit =
                new Fit(
                        Encoders.tuning(recipe, Encoders.bert(2, 128, 2)),
                        Encoders.texts(480 * times, 64, 1),
                        Encoders.texts(120 * times, 64, 2));
        return new OwnCost(fit, 8 / times);
    }
}
