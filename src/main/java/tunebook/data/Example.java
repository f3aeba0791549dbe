package tunebook.data;

import java.util.Collection;
import java.util.List;

/** One example of a data set. */
public interface Example {
    /** Its name in the data, unique. */
    String id();

    /** What is asked, in one string: examples with the same content are the same question. */
    String content();

    /**
     * Examples of one group are never divided between parts: by themselves, those that are equal.
     */
    default String group() {
        return content().strip();
    }

    /** How large it is, in what its kind is measured in: words, if nothing else. */
    default int size() {
        return content().strip().split("\\s+").length;
    }

    /** The right answer, in one string; empty where the content is its own answer. */
    String answer();

    /** Under what it is counted in tables. */
    default Collection<String> groups() {
        return List.of(answer());
    }
}
