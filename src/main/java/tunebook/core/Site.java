package tunebook.core;

import java.util.List;

/**
 * A place in a model that has a name, and mostly weights. Fine-tuning methods choose sites by name
 * and kind.
 */
public sealed interface Site permits Linear, Embedding, Norm, BatchNorm, Attention {
    /** The site's name, without the weight's suffix. */
    String name();

    /** What is learned there. */
    List<Weight> weights();
}
