package tunebook.dl4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tunebook.core.Linear;
import tunebook.core.Ops;

/** Runs steps on an interpreter. */
final class Walk {
    private Walk() {}

    /**
     * @param steps each after what it takes
     * @param before name of what comes in
     * @param x what comes in
     * @param head to stand in for the site of its name, or null
     * @return the last step's output
     */
    static <T> T over(Ops<T> ops, List<Step> steps, String before, T x, Linear head) {
        Map<String, T> values = new HashMap<>();
        values.put(before, x);
        T last = x;
        for (Step step : steps) {
            List<T> inputs = step.inputs().stream().map(values::get).toList();
            last = replaced(step.action(), head).run(ops, inputs);
            values.put(step.name(), last);
        }
        return last;
    }

    private static Action replaced(Action action, Linear head) {
        boolean here =
                head != null
                        && action instanceof Action.Product product
                        && product.site().name().equals(head.name());
        return here ? new Action.Product(head, ((Action.Product) action).window()) : action;
    }
}
