package tunebook.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import tunebook.core.TunebookException;
import tunebook.recipe.Method;
import tunebook.recipe.Recipe;

/**
 * How much a search may spend on each recipe, the same for all: in each round the better half of
 * the candidates goes on, with twice the epochs.
 *
 * @param factors on a recipe's own learning rate; as many candidates has every recipe
 * @param rounds 1 tries every candidate to the end
 * @param seeds runs of a candidate in each round
 * @see <a href="https://arxiv.org/abs/1502.07943">Jamieson and Talwalkar 2016</a>
 */
public record Halving(List<Double> factors, int rounds, int seeds) {
    /** Seven rates, half a power of ten from each to the next, three rounds, one seed. */
    public static final Halving USUAL =
            new Halving(List.of(0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0), 3, 1);

    /** Checks what can be checked without a recipe. */
    public Halving {
        factors = List.copyOf(factors);
        if (factors.isEmpty() || factors.stream().anyMatch(f -> !(f > 0 && f < 1e9))) {
            throw new TunebookException(
                    "search of factors " + factors,
                    "tries no rate, or one that is not positive",
                    "give factors, for example 0.3, 1, 3");
        }
        if (rounds < 1 || rounds > 10 || seeds < 1) {
            throw new TunebookException(
                    "search of " + rounds + " rounds with " + seeds + " seeds",
                    "is out of range",
                    "give 1 to 10 rounds and 1 seed or more");
        }
    }

    /** Every factor to the end, with so many seeds. */
    static Halving grid(int seeds, double... factors) {
        return new Halving(DoubleStream.of(factors).boxed().toList(), 1, seeds);
    }

    /** Epochs in a round, counted from 0; the last has all of them. */
    int epochs(int all, int round) {
        return Math.max(1, all >> (rounds - 1 - round));
    }

    /** How many of a round's candidates go on. */
    static int kept(int candidates) {
        return (candidates + 1) / 2;
    }

    /**
     * What is tried of a recipe, as many as there are factors: its own form and those that it
     * declares share them, each with the factors nearest to 1.
     */
    List<Recipe> candidates(Recipe recipe) {
        List<Method> forms = new ArrayList<>(List.of(recipe.method()));
        forms.addAll(recipe.settings().tries());
        List<Double> nearest =
                factors.stream()
                        .sorted(Comparator.comparingDouble(f -> Math.abs(Math.log(f))))
                        .toList();
        double rate = recipe.settings().rates().learningRate() / recipe.method().usualRate();
        List<Recipe> candidates = new ArrayList<>();
        for (int i = 0; i < factors.size(); i++) {
            Method form = forms.get(i % forms.size());
            double tried = rate * form.usualRate() * nearest.get(i / forms.size());
            candidates.add(recipe.form(form).learningRate(tried));
        }
        candidates.sort(
                Comparator.comparingInt((Recipe r) -> forms.indexOf(r.method()))
                        .thenComparingDouble(r -> r.settings().rates().learningRate()));
        return candidates;
    }
}
