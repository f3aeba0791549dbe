package tunebook.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tags of words: O outside of entities, B-X at the first word of an entity of type X, I-X at its
 * others (BIO, also called IOB2).
 *
 * <p>Tags of other schemes and tags out of order are read as conlleval and seqeval (in its default
 * mode) read them: I-X after a word outside, after an entity of another type, or after the end of
 * one begins an entity. That makes BIO of IOB1 and of tags without any B; of BIOES and BILOU the
 * letters E and L end an entity, S and U are one of a single word.
 *
 * @see "Ramshaw and Marcus 1995; Tjong Kim Sang and De Meulder 2003"
 */
public final class Bio {
    /** The tag of words outside of entities. */
    public static final String OUTSIDE = "O";

    private static final Pattern TAG = Pattern.compile("O|([BIESLU])-(\\S+)");

    private Bio() {}

    /**
     * An entity.
     *
     * @param type what it is
     * @param from its first word
     * @param end the word after its last one
     */
    public record Span(String type, int from, int end) {}

    /** Whether this is a tag of any of the schemes. */
    public static boolean isTag(String tag) {
        return TAG.matcher(tag).matches();
    }

    /** The entities that tags of any of the schemes stand for, in their order. */
    public static List<Span> spans(List<String> tags) {
        List<Span> spans = new ArrayList<>();
        String open = null; // type of an entity that may go on
        int from = 0;
        for (int i = 0; i <= tags.size(); i++) {
            Matcher tag = TAG.matcher(i < tags.size() ? tags.get(i) : OUTSIDE);
            if (!tag.matches()) throw new IllegalArgumentException(tags.get(i));
            char letter = tag.group(1) == null ? 'O' : tag.group(1).charAt(0);
            String type = tag.group(2);
            boolean inside = letter == 'I' || letter == 'E' || letter == 'L';
            if (inside && type.equals(open)) {
                if (letter == 'I') continue;
                spans.add(new Span(open, from, i + 1));
                open = null;
                continue;
            }
            if (open != null) spans.add(new Span(open, from, i));
            open = null;
            if (letter == 'B' || letter == 'I') {
                open = type;
                from = i;
            } else if (letter != 'O') {
                spans.add(new Span(type, i, i + 1));
            }
        }
        return List.copyOf(spans);
    }

    /** The same entities in BIO tags. */
    public static List<String> of(List<String> tags) {
        return tags(tags.size(), spans(tags));
    }

    /** The tags of so many words with these entities. */
    public static List<String> tags(int words, List<Span> spans) {
        List<String> tags = new ArrayList<>(Collections.nCopies(words, OUTSIDE));
        for (Span span : spans)
            for (int i = span.from(); i < span.end(); i++)
                tags.set(i, (i == span.from() ? "B-" : "I-") + span.type());
        return List.copyOf(tags);
    }

    /** Every tag there is for some types: O, then B and I of each type in their order. */
    static List<String> labels(Collection<String> types) {
        return Stream.concat(
                        Stream.of(OUTSIDE),
                        new TreeSet<>(types).stream().flatMap(t -> Stream.of("B-" + t, "I-" + t)))
                .toList();
    }

    /** The types that tags speak of, in the order of the tags. */
    public static List<String> types(List<String> labels) {
        return labels.stream()
                .filter(label -> !label.equals(OUTSIDE))
                .map(label -> label.substring(2))
                .distinct()
                .toList();
    }
}
