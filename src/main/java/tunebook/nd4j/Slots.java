package tunebook.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Weight;

/**
 * Where the tape finds a weight's value and, if it learns now, the array its gradient is added to.
 */
interface Slots {
    INDArray value(Weight weight);

    /** Null where the weight does not learn. */
    INDArray grad(Weight weight);

    /** The same for a gradient that has nothing in any other rows. */
    INDArray rowsGrad(Weight weight, int... rows);

    /**
     * The session's own values of running statistics, to be overwritten.
     *
     * @throws tunebook.core.TunebookException where they are shared with other sessions
     */
    INDArray running(Weight weight);

    /**
     * Rows that were kept under a name, these the last of them.
     *
     * @throws IllegalStateException while training
     */
    INDArray kept(String name, INDArray rows);
}
