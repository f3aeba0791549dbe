package tunebook.train;

/**
 * Whoever watches a run, and may stop it. Called from the run's own thread; must return at once.
 */
public interface Watch {
    /** Sees nothing, stops nothing. */
    Watch NONE = (step, steps, epoch, loss) -> true;

    /**
     * Sees a step.
     *
     * @param step optimizer steps done
     * @param steps that will be done at most
     * @param epoch passes over the training examples done, with fraction
     * @param loss of the step
     * @return whether to go on
     */
    boolean goesOn(int step, int steps, double epoch, double loss);

    /**
     * Sees that the rows below a cut are being computed, before the first step.
     *
     * @param cut stages below it: 1 the embedding, i + 1 the first i blocks too
     * @param share done, 0 … 1
     * @return whether to go on
     */
    default boolean prepares(int cut, double share) {
        return true;
    }
}
