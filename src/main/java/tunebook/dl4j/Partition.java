package tunebook.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tunebook.core.Linear;
import tunebook.core.TunebookException;

/**
 * A network's steps as numbered blocks and a head. Blocks meet where one activation alone passes,
 * so that everything below can be computed once and kept; each multiplies by a weight, the first
 * perhaps not.
 *
 * @param blocks from the bottom; none where the head is all there is
 * @param head from the last product on
 */
record Partition(List<List<Step>> blocks, List<Step> head) {
    /**
     * Divides.
     *
     * @throws TunebookException if the network does not end in a layer whose width can be replaced
     */
    static Partition of(Network network) {
        List<Step> steps = network.steps();
        int last = last(steps);
        int head = last;
        String layer = steps.get(last).layer();
        while (head > 0 && steps.get(head - 1).layer().equals(layer)) head--;
        boolean[] meets = meets(steps);
        if (!meets[head]) throw refused(layer, "is not all that leads to the output");
        check(steps.subList(last, steps.size()));
        List<List<Step>> blocks = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < head; at++) {
            boolean filled = steps.subList(from, at).stream().anyMatch(Step::isProduct);
            if (filled && meets[at] && product(steps, meets, at)) {
                blocks.add(steps.subList(from, at));
                from = at;
            }
        }
        if (from < head) blocks.add(steps.subList(from, head));
        return new Partition(List.copyOf(blocks), steps.subList(head, steps.size()));
    }

    private static int last(List<Step> steps) {
        int last = steps.size() - 1;
        while (last >= 0 && !steps.get(last).isProduct()) last--;
        if (last < 0) {
            throw new TunebookException(
                    "DL4J network",
                    "has no dense, convolution or output layer",
                    "put an OutputLayer on top");
        }
        return last;
    }

    /** Whether a layer begins at step i and one activation alone passes there. */
    private static boolean[] meets(List<Step> steps) {
        Map<String, Integer> lastUse = new HashMap<>();
        for (int i = 0; i < steps.size(); i++)
            for (String input : steps.get(i).inputs()) lastUse.put(input, i);
        boolean[] meets = new boolean[steps.size()];
        for (int i = 0; i < meets.length; i++) {
            int passing = lastUse.getOrDefault(Network.INPUT, -1) >= i ? 1 : 0;
            for (int k = 0; k < i; k++)
                if (lastUse.getOrDefault(steps.get(k).name(), -1) >= i) passing++;
            boolean begins = i == 0 || !steps.get(i - 1).layer().equals(steps.get(i).layer());
            meets[i] = begins && passing == 1;
        }
        return meets;
    }

    /** Whether a product comes before the next place where blocks may meet. */
    private static boolean product(List<Step> steps, boolean[] meets, int from) {
        for (int i = from; i < steps.size(); i++) {
            if (i > from && meets[i]) return false;
            if (steps.get(i).isProduct()) return true;
        }
        return false;
    }

    /** The head's width has to be the product's, whatever it is replaced by. */
    private static void check(List<Step> head) {
        Step product = head.get(0);
        for (Step step : head.subList(1, head.size())) {
            boolean keepsWidth =
                    step.action() instanceof Action.Activate
                            || step.action() instanceof Action.Dropout
                            || step.action() instanceof Action.MaxPool
                            || step.action() instanceof Action.AveragePool
                            || step.action() instanceof Action.Flatten;
            boolean sameWidth = step.form().channels() == product.form().channels();
            if (!keepsWidth || !sameWidth || step.inputs().size() > 1)
                throw refused(step.layer(), "stands between the last weights and the output");
        }
        Step end = head.get(head.size() - 1);
        if (end.form().isImage()) throw refused(end.layer(), "ends the network in an image");
    }

    private static TunebookException refused(String layer, String what) {
        return new TunebookException(
                "layer " + layer,
                what,
                "end the network in a dense or output layer, of which nothing but an activation"
                        + " comes after");
    }

    /** The head's linear site. */
    Linear last() {
        Step product = head.stream().filter(Step::isProduct).findFirst().orElseThrow();
        return ((Action.Product) product.action()).site();
    }
}
