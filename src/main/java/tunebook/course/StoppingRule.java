package tunebook.course;

/** When a run stops, and which epoch's weights are kept. */
@FunctionalInterface
public interface StoppingRule {
    /**
     * The epoch whose weights are kept, counted from 0.
     *
     * @param losses on validation examples, epoch by epoch
     * @param patience after how many epochs in a row without a new lowest loss the run stops; what
     *     comes later is never seen
     */
    int epoch(double[] losses, int patience);
}
