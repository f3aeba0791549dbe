package tunebook.recipe;

import java.util.List;
import java.util.Optional;

/** The control: the same architecture from random weights. It shows what pre-training gave. */
public record FromScratch() implements Method {
    @Override
    public String label() {
        return "from scratch";
    }

    @Override
    public List<String> calls() {
        return List.of("fromScratch");
    }

    @Override
    public double usualRate() {
        return 5e-4;
    }

    @Override
    public boolean learns(Place place) {
        return true;
    }

    @Override
    public Origin origin() {
        return Origin.RANDOM;
    }

    @Override
    public Optional<String> complete() {
        return Optional.of(
                "nothing can be added to fromScratch(): from random weights there is nothing to"
                        + " adapt");
    }
}
