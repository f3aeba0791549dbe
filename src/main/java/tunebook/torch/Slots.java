package tunebook.torch;

import org.bytedeco.pytorch.Tensor;
import tunebook.core.Weight;

/** Where the interpreter finds weights. */
interface Slots {
    /** The value, to go back to where it learns now. */
    Tensor value(Weight weight);

    /** The same for a product: where products are of bfloat16, already so if it never changes. */
    Tensor factor(Weight weight);

    /** Whether it learns now. */
    boolean learns(Weight weight);

    /**
     * The session's own values of running statistics, to be overwritten.
     *
     * @throws tunebook.core.TunebookException where they are shared with other sessions
     */
    Tensor running(Weight weight);

    /**
     * Rows that were kept under a name, these the last of them.
     *
     * @throws IllegalStateException while training
     */
    Tensor kept(String name, Tensor rows);
}
