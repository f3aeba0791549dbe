package tunebook.dl4j;

import java.util.List;

/**
 * One operation of a network.
 *
 * @param name of its output
 * @param layer whose it is, as people know it
 * @param inputs names of the outputs it takes
 * @param form of its output
 * @param action what it does
 */
record Step(String name, String layer, List<String> inputs, Form form, Action action) {
    Step {
        inputs = List.copyOf(inputs);
    }

    /** Whether it multiplies by a weight. */
    boolean isProduct() {
        return action instanceof Action.Product;
    }
}
