package tunebook.deploy;

import tunebook.core.Batch;
import tunebook.core.Tensor;

/** Something that computes an exported graph. */
public interface GraphRunner extends AutoCloseable {
    /** Logits of a batch, in the rows that Tunebook's engines give them in. */
    Tensor logits(Batch batch);

    @Override
    void close();
}
