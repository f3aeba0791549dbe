package tunebook.recipe;

import java.util.List;

/**
 * BitFit: the biases learn, and the head.
 *
 * @see <a href="https://arxiv.org/abs/2106.10199">Ben Zaken et al. 2022</a>
 */
public record BitFit() implements Method {
    @Override
    public String label() {
        return "BitFit";
    }

    @Override
    public List<String> calls() {
        return List.of("bitFit");
    }

    @Override
    public double usualRate() {
        return 3e-3;
    }

    @Override
    public boolean learns(Place place) {
        return place.isBias();
    }
}
