package tunebook.recipe;

import tunebook.model.Model;

/** Full fine-tuning: every weight learns. */
public record Full() implements Method {
    @Override
    public String label() {
        return "full";
    }

    @Override
    public double usualRate() {
        return 3e-4;
    }

    @Override
    public boolean learns(String weight, Model model) {
        return true;
    }
}
