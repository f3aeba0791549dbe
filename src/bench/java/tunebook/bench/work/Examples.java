package tunebook.bench.work;

import tunebook.core.Batch;

/** Examples of one batch. */
public interface Examples {
    /** As Tunebook's models take them, with their labels. */
    Batch batch();

    /** A class each. */
    int[] labels();
}
