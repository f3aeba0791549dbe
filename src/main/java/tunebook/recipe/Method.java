package tunebook.recipe;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import tunebook.core.Decorator;
import tunebook.model.Model;
import tunebook.model.Outline;

/** What is special about a way to fine-tune. Each is a recipe with its default settings. */
public interface Method extends Recipe {
    /** What it is called where nobody names it otherwise, for example {@code LoRA r8}. */
    String label();

    /**
     * The words that make it in a notebook, for example {@code lora}: by them its help is found.
     * None of a method that has no word.
     */
    default List<String> calls() {
        return List.of();
    }

    /** What is set of the method itself, apart from how it is trained. */
    default List<Setting> own() {
        return List.of();
    }

    /**
     * What it is, in words. Runs are known by {@code toString()}, which therefore stays as it is.
     */
    default String words() {
        return own().isEmpty()
                ? label()
                : label() + own().stream().map(Setting::toString).collect(joining(", ", " (", ")"));
    }

    /** A learning rate that mostly works for models of a few million weights. */
    double usualRate();

    /** Whether a weight of the backbone learns. What a method or a head adds learns anyway. */
    default boolean learns(Place place) {
        return false;
    }

    /**
     * Whether a head that came with the backbone learns as a whole. A new head learns under every
     * method.
     */
    default boolean learnsHead() {
        return false;
    }

    /** Whether a learning weight learns in this epoch, counted from 0. */
    default boolean learnsNow(String weight, Model model, int epoch) {
        return true;
    }

    /** Factor on a weight's learning rate in this epoch, counted from 0. */
    default double rateFactor(String weight, Model model, int epoch) {
        return 1;
    }

    /** What it changes in the operations. */
    default Decorator on(Outline base) {
        return Decorator.NONE;
    }

    /** How many learned rows it puts before each text. */
    default int virtualTokens() {
        return 0;
    }

    /** At which position each text begins. */
    default int firstPosition() {
        return 0;
    }

    /** How many positions it takes from the text. */
    default int positions() {
        return virtualTokens() + firstPosition();
    }

    /** What the backbone's weights start from. */
    default Origin origin() {
        return Origin.PRETRAINED;
    }

    /** Why another method cannot be added to it; empty where one can. */
    default Optional<String> complete() {
        return Optional.empty();
    }

    /** Why its change cannot be folded into the backbone's weights; empty where it can. */
    default Optional<String> unmergeable() {
        return Optional.empty();
    }

    /**
     * Refuses a backbone that it does not fit.
     *
     * @throws tunebook.core.TunebookException with what would fit
     */
    default void check(Outline base) {}

    /**
     * Both together, at this method's usual rate.
     *
     * @throws tunebook.core.TunebookException where the two make no sense together
     */
    default Method and(Method other) {
        return new Both(this, other);
    }

    @Override
    default Method method() {
        return this;
    }

    @Override
    default Settings settings() {
        return Settings.of(label(), usualRate());
    }
}
