package tunebook.bench.backbone;

import java.util.function.LongFunction;
import tunebook.study.Study;

/**
 * Something to measure of a backbone.
 *
 * @param name short, in kebab-case
 * @param about what is learned and tested, for people
 * @param sampled whether each seed learns from examples of its own
 * @param study with its recipes, epochs and batch size; by the sample's number, from 1
 * @param factors on each recipe's usual rate, to choose from on validation examples; none: the
 *     usual rate
 */
record Figure(
        String name, String about, boolean sampled, LongFunction<Study> study, double... factors) {
    /** With the same examples for each seed. */
    static Figure whole(String name, String about, LongFunction<Study> study, double... factors) {
        return new Figure(name, about, false, study, factors);
    }

    /** With a sample for each seed. */
    static Figure sampled(String name, String about, LongFunction<Study> study, double... factors) {
        return new Figure(name, about + ", another sample for each seed", true, study, factors);
    }
}
