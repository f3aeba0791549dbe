package tunebook.recipe;

import java.util.List;
import java.util.Optional;

/** Full fine-tuning: every weight learns. */
public record Full() implements Method {
    @Override
    public String label() {
        return "full";
    }

    @Override
    public List<String> calls() {
        return List.of("full");
    }

    @Override
    public double usualRate() {
        return 3e-4;
    }

    @Override
    public boolean learns(Place place) {
        return true;
    }

    @Override
    public Optional<String> complete() {
        return Optional.of("nothing can be added to full(): every weight learns already");
    }
}
