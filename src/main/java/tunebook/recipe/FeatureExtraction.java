package tunebook.recipe;

import java.util.List;
import java.util.Optional;

/**
 * Feature extraction: the backbone is frozen, only the head learns. Of a pre-trained language head
 * that is all above the blocks: where its product is the word table, as in GPT-2, the last norm
 * alone.
 */
public record FeatureExtraction() implements Method {
    @Override
    public String label() {
        return "feature extraction";
    }

    @Override
    public List<String> calls() {
        return List.of("featureExtraction");
    }

    @Override
    public double usualRate() {
        return 3e-3;
    }

    @Override
    public boolean learnsHead() {
        return true;
    }

    @Override
    public Optional<String> complete() {
        return Optional.of(
                "nothing can be added to featureExtraction(): it means that nothing but the head learns");
    }
}
