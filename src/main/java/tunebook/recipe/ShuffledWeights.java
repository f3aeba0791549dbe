package tunebook.recipe;

import java.util.List;
import java.util.Optional;

/**
 * The control: full fine-tuning from the backbone's own numbers, each weight's in a random order.
 * What it keeps of a gain comes from how large the numbers are, not from what was learned.
 */
public record ShuffledWeights() implements Method {
    @Override
    public String label() {
        return "shuffled weights";
    }

    @Override
    public List<String> calls() {
        return List.of("shuffledWeights");
    }

    @Override
    public double usualRate() {
        return new Full().usualRate();
    }

    @Override
    public boolean learns(Place place) {
        return true;
    }

    @Override
    public Origin origin() {
        return Origin.SHUFFLED;
    }

    @Override
    public Optional<String> complete() {
        return Optional.of(
                "nothing can be added to shuffledWeights(): from shuffled weights there is nothing"
                        + " to adapt");
    }
}
