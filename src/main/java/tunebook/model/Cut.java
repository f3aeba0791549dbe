package tunebook.model;

import java.util.Optional;
import tunebook.core.Rows;

/**
 * Where a frozen prefix of the model ends.
 *
 * @param stages how many are below: 0 none, 1 the embedding, i + 1 the first i blocks too
 * @param read the only rows of the last block that are wanted; empty for all, and always where a
 *     block is above
 */
public record Cut(int stages, Optional<Rows> read) {
    /** All rows that so many stages give. */
    public static Cut after(int stages) {
        return new Cut(stages, Optional.empty());
    }

    /** Whether nothing is below. */
    public boolean isNone() {
        return stages == 0;
    }
}
