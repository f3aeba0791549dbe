package tunebook.recipe;

import tunebook.core.Tensor;
import tunebook.core.Weight;
import tunebook.core.Weights;

/** What the weights of a backbone start from. */
public enum Origin {
    /** As the backbone has them. */
    PRETRAINED {
        @Override
        Tensor value(Weight weight, Weights backbone, long seed) {
            return backbone.get(weight.name());
        }
    },
    /** As the backbone has them, but each weight's numbers in a random order. */
    SHUFFLED {
        @Override
        Tensor value(Weight weight, Weights backbone, long seed) {
            return weight.shuffle(seed, backbone.get(weight.name()));
        }
    },
    /** Drawn, as if the backbone had never learned. */
    RANDOM {
        @Override
        Tensor value(Weight weight, Weights backbone, long seed) {
            return weight.draw(seed, backbone);
        }
    };

    /** The value of a weight that the backbone has in this shape. */
    abstract Tensor value(Weight weight, Weights backbone, long seed);
}
