package tunebook.dl4j;

import java.util.List;
import tunebook.core.Weight;

/**
 * A DL4J network as steps in an order in which each has what it takes.
 *
 * @param input form of what goes in
 * @param steps at least one
 * @param parameters what DL4J keeps
 * @param constants what the steps need besides
 * @param truncated whether a window leaves pixels out at the edge
 */
record Network(
        Form input,
        List<Step> steps,
        List<Parameter> parameters,
        List<Weight> constants,
        boolean truncated) {
    /** Name of what goes in, as a step's input. */
    static final String INPUT = "";

    Network {
        steps = List.copyOf(steps);
        parameters = List.copyOf(parameters);
        constants = List.copyOf(constants);
    }

    /** How many numbers DL4J keeps. */
    long numbers() {
        return parameters.stream().mapToLong(p -> p.weight().shape().elements()).sum();
    }
}
