package tunebook.task;

import java.util.function.Supplier;
import tunebook.data.Batches;

/**
 * A part of the data as the trainer takes it.
 *
 * @param batches encoded examples
 * @param marking makes an empty record of answers to these examples
 */
public record Part(Batches batches, Supplier<Marking> marking) {}
