package tunebook.recipe;

import java.util.List;
import java.util.Optional;
import tunebook.core.TunebookException;
import tunebook.model.Model;

/**
 * LP-FT: the head learns alone for some epochs at ten times the rate (linear probing), then
 * everything.
 *
 * @param probing epochs of the head alone, at least 1
 * @see <a href="https://arxiv.org/abs/2202.10054">Kumar et al. 2022, §3.4</a>
 */
public record LpFt(int probing) implements Method {
    /** Checks the epochs. */
    public LpFt {
        if (probing < 1)
            throw new TunebookException("lpft(" + probing + ")", "probes never", "give 1 or more");
    }

    @Override
    public String label() {
        return "LP-FT";
    }

    @Override
    public List<String> calls() {
        return List.of("lpft");
    }

    @Override
    public List<Setting> own() {
        return List.of(Setting.of("epochs of the head alone", probing));
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
    public boolean learnsNow(String weight, Model model, int epoch) {
        return epoch >= probing || model.depth(weight) > model.blocks();
    }

    @Override
    public double rateFactor(String weight, Model model, int epoch) {
        return epoch < probing ? 10 : 1;
    }

    @Override
    public Optional<String> complete() {
        return Optional.of("nothing can be added to lpft(): every weight learns already");
    }
}
