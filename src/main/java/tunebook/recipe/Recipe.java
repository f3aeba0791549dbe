package tunebook.recipe;

import java.util.List;
import tunebook.recipe.Settings.Budget;
import tunebook.recipe.Settings.Decay;
import tunebook.recipe.Settings.Rates;
import tunebook.recipe.Settings.Restraint;

/** A way to fine-tune: a method and how it is trained. Immutable; every setter gives a copy. */
public interface Recipe {
    /** What learns and which adapters. */
    Method method();

    /** How it is trained. */
    Settings settings();

    /** What tables and charts call it. */
    default String name() {
        return settings().name();
    }

    /** What it is and how it is trained, in a line. */
    default String line() {
        return name() + ": " + method().words() + "; " + settings();
    }

    /** The same under another name. */
    default Recipe named(String name) {
        Settings s = settings();
        return with(new Settings(name, s.rates(), s.budget(), s.restraint(), s.tries()));
    }

    /** Highest learning rate, above 0. */
    default Recipe learningRate(double rate) {
        Rates r = settings().rates();
        return with(new Rates(rate, r.layerDecay(), r.warmup(), r.decay()));
    }

    /** Factor on the rate from each block to the one below it, in (0, 1]. */
    default Recipe layerDecay(double factor) {
        Rates r = settings().rates();
        return with(new Rates(r.learningRate(), factor, r.warmup(), r.decay()));
    }

    /** Share of all steps in which the rate rises, and how it falls afterwards. */
    default Recipe schedule(double warmup, Decay decay) {
        Rates r = settings().rates();
        return with(new Rates(r.learningRate(), r.layerDecay(), warmup, decay));
    }

    /** Most passes over the training examples. */
    default Recipe epochs(int epochs) {
        return with(settings().budget().epochs(epochs));
    }

    /** Examples a step. */
    default Recipe batchSize(int size) {
        return with(settings().budget().batchSize(size));
    }

    /** In how many parts a step's examples go forward and backward. */
    default Recipe accumulate(int parts) {
        Budget b = settings().budget();
        return with(new Budget(b.epochs(), b.batchSize(), parts, b.patience()));
    }

    /** After how many epochs without a better validation result to stop; 0 never stops early. */
    default Recipe patience(int epochs) {
        Budget b = settings().budget();
        return with(new Budget(b.epochs(), b.batchSize(), b.accumulate(), epochs));
    }

    /** Decoupled weight decay of what learns. */
    default Recipe weightDecay(double decay) {
        Restraint r = settings().restraint();
        return with(new Restraint(decay, r.maxNorm(), r.balanced()));
    }

    /** Greatest global norm of the gradients. */
    default Recipe maxNorm(double norm) {
        Restraint r = settings().restraint();
        return with(new Restraint(r.weightDecay(), norm, r.balanced()));
    }

    /** Rare classes weigh more in the loss, in inverse proportion to their count. */
    default Recipe balanced() {
        Restraint r = settings().restraint();
        return with(new Restraint(r.weightDecay(), r.maxNorm(), true));
    }

    /**
     * Other forms of the method, of which a search may take one instead: {@code
     * lora(8).tries(lora(2), lora(32))}. They share the budget that every recipe has.
     */
    default Recipe tries(Method... forms) {
        Settings s = settings();
        return with(new Settings(s.name(), s.rates(), s.budget(), s.restraint(), List.of(forms)));
    }

    /** The same settings with another method. */
    default Recipe form(Method method) {
        return new Trained(method, settings());
    }

    private Recipe with(Rates rates) {
        Settings s = settings();
        return with(new Settings(s.name(), rates, s.budget(), s.restraint(), s.tries()));
    }

    private Recipe with(Budget budget) {
        Settings s = settings();
        return with(new Settings(s.name(), s.rates(), budget, s.restraint(), s.tries()));
    }

    private Recipe with(Restraint restraint) {
        Settings s = settings();
        return with(new Settings(s.name(), s.rates(), s.budget(), restraint, s.tries()));
    }

    private Recipe with(Settings settings) {
        return new Trained(method(), settings);
    }

    /**
     * A method with settings of its own.
     *
     * @param method what learns
     * @param settings how
     */
    record Trained(Method method, Settings settings) implements Recipe {
        @Override
        public String toString() {
            return line();
        }
    }
}
