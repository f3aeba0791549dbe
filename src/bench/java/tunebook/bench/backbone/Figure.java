package tunebook.bench.backbone;

import java.util.function.Supplier;
import tunebook.study.Study;

/**
 * Something to measure of a backbone.
 *
 * @param name short, in kebab-case
 * @param about what is learned and tested, for people
 * @param study with its recipes, epochs and batch size
 * @param factors on each recipe's usual rate, to choose from on validation examples; none: the
 *     usual rate
 */
record Figure(String name, String about, Supplier<Study> study, double... factors) {}
