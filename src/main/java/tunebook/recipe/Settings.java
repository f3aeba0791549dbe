package tunebook.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tunebook.core.TunebookException;

/**
 * How a recipe is trained.
 *
 * @param name what tables and charts call the recipe
 * @param rates how fast
 * @param budget how long
 * @param restraint what holds it back
 * @param tries other forms of the method that a search may take instead
 */
public record Settings(
        String name, Rates rates, Budget budget, Restraint restraint, List<Method> tries) {
    /** Keeps its own copy. */
    public Settings {
        tries = List.copyOf(tries);
    }

    /** With no other forms. */
    public Settings(String name, Rates rates, Budget budget, Restraint restraint) {
        this(name, rates, budget, restraint, List.of());
    }

    /** How the learning rate falls after the warm-up. */
    public enum Decay {
        /** Stays. */
        CONSTANT,
        /** In a straight line to zero. */
        LINEAR,
        /** Along half a cosine to zero. */
        COSINE,
        /**
         * Stays for four fifths of the steps, then falls in a straight line to zero: until then a
         * run may be given more steps, or fewer. Hägele et al. 2024, §3.
         */
        TRAPEZOID,
        /** Stays for half of the steps, then falls in a straight line to zero. */
        SECOND_HALF,
        /**
         * Up along half a cosine during the warm-up from a 25th, then down along another to a
         * 10,000th. Smith 2018.
         */
        ONE_CYCLE,
        /**
         * Up in a straight line during the warm-up from a 32nd, then down in another to a 32nd.
         * Howard and Ruder 2018, §3.2.
         */
        SLANTED,
        /** Grows by equal factors from a 100-millionth: the range test. Smith 2017, §3.3. */
        RANGE
    }

    /**
     * Learning rates.
     *
     * @param learningRate highest rate, above 0
     * @param layerDecay factor from each block to the one below it, in (0, 1]
     * @param warmup share of all steps in which the rate rises, in [0, 1)
     * @param decay what follows
     */
    public record Rates(double learningRate, double layerDecay, double warmup, Decay decay) {
        /** Checks the ranges. */
        public Rates {
            require(
                    learningRate > 0 && learningRate < Double.POSITIVE_INFINITY,
                    "learningRate",
                    learningRate,
                    "above 0");
            require(
                    layerDecay > 0 && layerDecay <= 1,
                    "layerDecay",
                    layerDecay,
                    "above 0 and at most 1");
            require(
                    warmup >= 0 && warmup < 1,
                    "warmup",
                    warmup,
                    "a share of the steps, at least 0 and below 1");
        }

        /** The factor on the rate before step {@code step} of {@code steps}, counted from 0. */
        public double factor(int step, int steps) {
            double rising = warmup * steps;
            double rise = Math.min(1, (step + 1) / Math.max(1, rising));
            double done = rising >= steps ? 0 : Math.max(0, step - rising) / (steps - rising);
            return switch (decay) {
                case CONSTANT -> rise;
                case LINEAR -> rise * (1 - done);
                case COSINE -> rise * cosine(done);
                case TRAPEZOID -> rise * Math.min(1, 5 * (1 - (double) step / steps));
                case SECOND_HALF -> rise * Math.min(1, 2 * (1 - (double) step / steps));
                case SLANTED -> (1 + 31 * (step < rising ? step / rising : 1 - done)) / 32;
                case RANGE -> Math.pow(1e-8, 1 - step / Math.max(1, steps - 1.0));
                case ONE_CYCLE ->
                        step < rising
                                ? 0.04 + 0.96 * (1 - cosine(step / rising))
                                : 1e-4 + (1 - 1e-4) * cosine(done);
            };
        }

        String words() {
            String falls = decay.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return warmup == 0
                    ? falls
                    : falls + " after a warm-up of " + Setting.plain(100 * warmup) + "%";
        }

        private static double cosine(double done) {
            return (1 + Math.cos(Math.PI * done)) / 2;
        }
    }

    /**
     * How long to train.
     *
     * @param epochs most passes over the training examples, at least 1
     * @param batchSize examples a step, at least 1
     * @param accumulate in how many parts a step's examples go forward and backward, at least 1
     * @param patience after how many epochs without a better validation result to stop; 0 never
     *     stops early
     */
    public record Budget(int epochs, int batchSize, int accumulate, int patience) {
        /** Of recipes that say nothing else. */
        public static final Budget USUAL = new Budget(10, 16, 1, 4);

        /** Checks the ranges. */
        public Budget {
            require(epochs >= 1, "epochs", epochs, "1 or more");
            require(batchSize >= 1, "batchSize", batchSize, "1 or more");
            require(
                    accumulate >= 1 && accumulate <= batchSize,
                    "accumulate",
                    accumulate,
                    "from 1 to the batch size");
            require(patience >= 0, "patience", patience, "0 or more");
        }

        /** The same with so many passes. */
        public Budget epochs(int most) {
            return new Budget(most, batchSize, accumulate, patience);
        }

        /** The same with so many examples a step, in no more parts than that. */
        public Budget batchSize(int size) {
            return new Budget(epochs, size, Math.min(size, accumulate), patience);
        }
    }

    /**
     * What holds training back.
     *
     * @param weightDecay of what learns, at least 0
     * @param maxNorm of all gradients together, above 0
     * @param balanced whether rare classes weigh more in the loss, in inverse proportion to their
     *     count
     */
    public record Restraint(double weightDecay, double maxNorm, boolean balanced) {
        /** Checks the ranges. */
        public Restraint {
            require(weightDecay >= 0, "weightDecay", weightDecay, "0 or more");
            require(maxNorm > 0, "maxNorm", maxNorm, "above 0");
        }
    }

    /**
     * Ten epochs of batches of 16, linear decay after a tenth of warm-up, decay 0.01, norm 1,
     * patience 4.
     */
    public static Settings of(String name, double learningRate) {
        return new Settings(
                name,
                new Rates(learningRate, 1, 0.1, Decay.LINEAR),
                Budget.USUAL,
                new Restraint(0.01, 1, false));
    }

    /** Everything that is set but the name. */
    public List<Setting> list() {
        List<Setting> all = new ArrayList<>();
        all.add(Setting.of("learning rate", rates.learningRate()));
        all.add(Setting.of("schedule", rates.words()));
        all.add(Setting.of("layer decay", rates.layerDecay()));
        all.add(Setting.of("epochs", budget.epochs()));
        all.add(Setting.of("batch", budget.batchSize()));
        all.add(Setting.of("accumulate", budget.accumulate()));
        all.add(Setting.of("patience", budget.patience()));
        all.add(Setting.of("weight decay", restraint.weightDecay()));
        all.add(Setting.of("gradient norm", restraint.maxNorm()));
        all.add(Setting.of("balanced", restraint.balanced()));
        if (!tries.isEmpty())
            all.add(Setting.of("a search tries", tries.stream().map(Method::words).toList()));
        return all;
    }

    @Override
    public String toString() {
        return list().stream().map(Setting::toString).collect(Collectors.joining(", "));
    }

    private static void require(boolean fine, String what, Number got, String range) {
        if (!fine)
            throw new TunebookException(what + "(" + got + ")", "is out of range", "give " + range);
    }
}
