package tunebook.recipe;

import tunebook.model.Model;

/** Feature extraction: the backbone is frozen, only the head learns. */
public record FeatureExtraction() implements Method {
    @Override
    public String label() {
        return "feature extraction";
    }

    @Override
    public double usualRate() {
        return 3e-3;
    }

    @Override
    public boolean learns(String weight, Model model) {
        return false;
    }
}
