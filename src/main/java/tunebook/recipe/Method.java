package tunebook.recipe;

import tunebook.core.Decorator;
import tunebook.model.Backbone;
import tunebook.model.Model;

/** What is special about a way to fine-tune. Each is a recipe with its default settings. */
public interface Method extends Recipe {
    /** What it is called where nobody names it otherwise, for example {@code LoRA r8}. */
    String label();

    /** A learning rate that mostly works for models of a few million weights. */
    double usualRate();

    /** Whether a weight of the backbone learns. What a method or a head adds learns anyway. */
    boolean learns(String weight, Model model);

    /** Whether a learning weight learns in this epoch, counted from 0. */
    default boolean learnsNow(String weight, Model model, int epoch) {
        return true;
    }

    /** What it changes in the operations. */
    default Decorator on(Backbone backbone) {
        return Decorator.NONE;
    }

    /** How many learned rows it puts before each text. */
    default int virtualTokens() {
        return 0;
    }

    /** Whether it starts from random weights instead of the backbone's. */
    default boolean untrained() {
        return false;
    }

    /**
     * Refuses a backbone that it does not fit.
     *
     * @throws tunebook.core.TunebookException with what would fit
     */
    default void check(Backbone backbone) {}

    @Override
    default Method method() {
        return this;
    }

    @Override
    default Settings settings() {
        return Settings.of(label(), usualRate());
    }
}
