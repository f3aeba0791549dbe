package tunebook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tunebook.core.TunebookException;

/** Examples divided for cross-validation. */
final class Folds {
    private Folds() {}

    /** The three parts of each fold: a tenth of what is not tested chooses. */
    static <E extends Example> List<List<List<E>>> of(
            String name, List<E> all, Function<E, String> stratum, int k, long seed) {
        if (k < 2) {
            throw new TunebookException(
                    "folds(" + k + ") of " + name, "is below 2", "give 2 or more, such as 5");
        }
        Split split = new Split(seed);
        double[] shares = new double[k];
        Arrays.fill(shares, 1.0 / k);
        List<List<List<E>>> folds = new ArrayList<>();
        for (List<E> test : split.parts(name, all, Example::group, stratum, shares)) {
            Set<E> asked = new HashSet<>(test);
            List<E> rest = all.stream().filter(e -> !asked.contains(e)).toList();
            List<List<E>> parts = split.parts(name, rest, Example::group, stratum, 0.9, 0.1);
            folds.add(List.of(parts.get(0), parts.get(1), test));
        }
        return folds;
    }
}
