package tunebook.data;

import java.util.List;
import java.util.TreeSet;

/**
 * A text and its labels.
 *
 * @param id its name in the data, unique
 * @param text never blank
 * @param labels sorted, each once; may be none
 */
public record LabelSetExample(String id, String text, List<String> labels) implements Example {
    /** Between labels where a set of them is written out. */
    public static final String SEPARATOR = "; ";

    /** Sorts the labels. */
    public LabelSetExample {
        labels = List.copyOf(new TreeSet<>(labels));
    }

    @Override
    public String content() {
        return text;
    }

    @Override
    public String answer() {
        return String.join(SEPARATOR, labels);
    }

    /** Whether a label is among its own. */
    public boolean has(String label) {
        return labels.contains(label);
    }

    @Override
    public List<String> groups() {
        return labels;
    }
}
