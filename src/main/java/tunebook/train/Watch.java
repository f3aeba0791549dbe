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
}
