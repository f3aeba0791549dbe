package tunebook.data;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tunebook.core.TunebookException;

/**
 * A sentence with entities.
 *
 * @param id its name in the data, unique
 * @param words none blank
 * @param tags of the words, in BIO
 */
public record EntityExample(String id, List<String> words, List<String> tags) implements Example {
    /**
     * Keeps its own copies.
     *
     * @throws TunebookException if there are no words, not as many tags as words, or other tags
     *     than BIO
     */
    public EntityExample {
        words = List.copyOf(words);
        tags = List.copyOf(tags);
        if (words.isEmpty() || words.size() != tags.size()) {
            throw new TunebookException(
                    "example " + id,
                    words.size() + " words and " + tags.size() + " tags",
                    "give one tag for each word");
        }
        if (!tags.stream().allMatch(Bio::isTag) || !Bio.of(tags).equals(tags)) {
            throw new TunebookException(
                    "example " + id,
                    "its tags are not in BIO: " + String.join(" ", tags),
                    "begin each entity with B-TYPE, go on with I-TYPE, and tag the rest O");
        }
    }

    /** The words with a blank between them. */
    @Override
    public String content() {
        return String.join(" ", words);
    }

    /** The tags with a blank between them. */
    @Override
    public String answer() {
        return String.join(" ", tags);
    }

    /** The entities, as places in the words. */
    public List<Bio.Span> entities() {
        return Bio.spans(tags);
    }

    /** The types of its entities. */
    @Override
    public Set<String> groups() {
        return entities().stream().map(Bio.Span::type).collect(Collectors.toSet());
    }
}
