package tunebook.train;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import tunebook.core.TunebookException;
import tunebook.data.Batches;

/** Weights of classes that make each count alike. */
final class Balance {
    private Balance() {}

    /**
     * Of class c: labels in all / (classes · labels of class c).
     *
     * @param recipe that asks for it, for the error
     * @throws TunebookException if the examples have no classes
     */
    static double[] of(Batches examples, String recipe) {
        Map<Integer, Integer> counts = new TreeMap<>();
        int all = 0;
        for (int i = 0; i < examples.size(); i++) {
            for (int label : examples.labels(i)) counts.merge(label, 1, Integer::sum);
            all += examples.labels(i).length;
        }
        if (counts.isEmpty()) {
            throw new TunebookException(
                    "balanced() of " + recipe,
                    "the examples have no classes",
                    "leave balanced() out");
        }
        double[] weights = new double[Collections.max(counts.keySet()) + 1];
        for (Map.Entry<Integer, Integer> c : counts.entrySet())
            weights[c.getKey()] = all / ((double) weights.length * c.getValue());
        return weights;
    }
}
