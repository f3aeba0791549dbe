package tunebook.bench.backbone;

import java.util.function.Supplier;
import tunebook.study.Study;

/**
 * Something to measure of a backbone.
 *
 * @param name short, in kebab-case
 * @param about what is learned and tested, for people
 * @param examples to learn from, another sample for each seed; 0 all of them for each
 * @param study with its recipes, epochs and batch size
 * @param factors on each recipe's usual rate, to choose from on validation examples; none: the
 *     usual rate
 */
record Figure(String name, String about, int examples, Supplier<Study> study, double... factors) {
    /** The study over all examples. */
    static Figure whole(String name, String about, Supplier<Study> study, double... factors) {
        return new Figure(name, about, 0, study, factors);
    }
}
