package tunebook.recipe;

import java.util.Optional;
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

    /** What speaks against a control that starts so, as the end of a sentence; else nothing. */
    public Optional<String> against() {
        return switch (this) {
            case PRETRAINED -> Optional.empty();
            case SHUFFLED -> Optional.of("where nothing is left of what the backbone learned");
            case RANDOM -> Optional.of("where nothing comes from the backbone");
        };
    }

    /** The value of a weight that the backbone has in this shape. */
    abstract Tensor value(Weight weight, Weights backbone, long seed);
}
