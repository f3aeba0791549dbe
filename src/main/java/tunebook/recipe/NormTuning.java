package tunebook.recipe;

import java.util.List;
import tunebook.core.BatchNorm;
import tunebook.core.Norm;

/**
 * Norm tuning: gains and biases of the norms learn, and the head.
 *
 * @see <a href="https://arxiv.org/abs/2003.00152">Frankle et al. 2021, for batch norms</a>
 */
public record NormTuning() implements Method {
    @Override
    public String label() {
        return "norm tuning";
    }

    @Override
    public List<String> calls() {
        return List.of("normTuning");
    }

    @Override
    public double usualRate() {
        return 3e-3;
    }

    @Override
    public boolean learns(Place place) {
        return place.site() instanceof Norm || place.site() instanceof BatchNorm;
    }
}
