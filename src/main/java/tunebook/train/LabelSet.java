package tunebook.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of a text.
 *
 * @param labels those whose probability is ½ or more, the most probable first; may be none
 * @param probabilities of every label by name, each by itself 0 … 1, the most probable first
 */
public record LabelSet(List<String> labels, Map<String, Double> probabilities) {
    /** Keeps its own copies. */
    public LabelSet {
        labels = List.copyOf(labels);
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }
}
