package tunebook.recipe;

import java.util.List;
import java.util.Optional;
import tunebook.model.Model;
import tunebook.recipe.Settings.Decay;

/**
 * ULMFiT's schedule: the head learns first, one more block joins each epoch, every block learns 2.6
 * times as slowly as the one above, and the rate is a slanted triangle.
 *
 * @see <a href="https://arxiv.org/abs/1801.06146">Howard and Ruder 2018, §3.2 and §3.3</a>
 */
public record Ulmfit() implements Method {
    @Override
    public String label() {
        return "ULMFiT";
    }

    @Override
    public List<String> calls() {
        return List.of("ulmfit");
    }

    @Override
    public double usualRate() {
        return 1e-3;
    }

    @Override
    public Settings settings() {
        Settings usual = Settings.of(label(), usualRate());
        return new Settings(
                usual.name(),
                new Settings.Rates(usualRate(), 1 / 2.6, 0.1, Decay.SLANTED),
                usual.budget(),
                usual.restraint());
    }

    @Override
    public boolean learns(Place place) {
        return true;
    }

    @Override
    public boolean learnsNow(String weight, Model model, int epoch) {
        return Partial.joined(weight, model, epoch);
    }

    @Override
    public Optional<String> complete() {
        return Optional.of("nothing can be added to ulmfit(): every weight learns already");
    }
}
