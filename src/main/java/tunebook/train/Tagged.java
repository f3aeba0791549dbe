package tunebook.train;

import java.util.List;
import java.util.Locale;

/**
 * A text and the entities that were found in it.
 *
 * @param text as it was given
 * @param entities in their order; none overlap
 * @param types every type that could have been found, in the order of the model's classes
 */
public record Tagged(String text, List<Entity> entities, List<String> types) {
    /** Keeps its own copies. */
    public Tagged {
        entities = List.copyOf(entities);
        types = List.copyOf(types);
    }

    /**
     * An entity.
     *
     * @param type what it is
     * @param from its first character in the text, in UTF-16 units
     * @param end the place after its last one
     * @param text what stands there
     * @param probability that each of its words has the tag it was given: the product over them
     */
    public record Entity(String type, int from, int end, String text, double probability) {
        /** Its type and how sure that is, in words: PER 98%. */
        public String label() {
            return String.format(Locale.ROOT, "%s %.0f%%", type, 100 * probability);
        }
    }

    /** The text with each entity in brackets: Dr [Okafor](PER 98%) is here. */
    @Override
    public String toString() {
        StringBuilder marked = new StringBuilder();
        int at = 0;
        for (Entity entity : entities) {
            marked.append(text, at, entity.from());
            marked.append('[').append(entity.text()).append("](");
            marked.append(entity.label()).append(')');
            at = entity.end();
        }
        return marked.append(text.substring(at)).toString();
    }
}
