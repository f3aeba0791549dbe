package tunebook.study;

import tunebook.core.Weights;

/**
 * What a run came to.
 *
 * @param result to be stored
 * @param learned weights with the best validation result; none where nobody needs them
 */
public record Done(RunResult result, Weights learned) {}
