package tunebook.data;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tunebook.core.Names;
import tunebook.core.TunebookException;

/** Sentences with entities as a data set. */
final class EntityParts {
    private EntityParts() {}

    /**
     * The data set of three parts.
     *
     * @param known sentences that say which types there are
     * @throws TunebookException if they have no entity, or another sentence has one of another type
     */
    static Dataset<EntityExample> of(
            String name,
            List<EntityExample> known,
            List<List<EntityExample>> parts,
            long seed,
            int skipped) {
        Set<String> types = new TreeSet<>();
        for (EntityExample e : known) for (Bio.Span span : e.entities()) types.add(span.type());
        if (types.isEmpty()) {
            throw new TunebookException(
                    name,
                    "has no entity to learn from: every tag is " + Bio.OUTSIDE,
                    "tag some words B-TYPE, or say which column has the tags with tag(column)");
        }
        return Dataset.of(
                name,
                Kind.ENTITIES,
                Bio.labels(types),
                parts,
                (part, example) -> checked(part, example, types),
                seed,
                skipped);
    }

    private static EntityExample checked(String part, EntityExample example, Set<String> types) {
        for (Bio.Span span : example.entities()) {
            if (types.contains(span.type())) continue;
            throw new TunebookException(
                    example.id(),
                    "type \""
                            + span.type()
                            + "\" of the "
                            + part
                            + " part is not among those of the training part "
                            + types,
                    Names.mend(span.type(), types));
        }
        return example;
    }
}
