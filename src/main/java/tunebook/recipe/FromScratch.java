package tunebook.recipe;

import tunebook.model.Model;

/** The control: the same architecture from random weights. It shows what pre-training gave. */
public record FromScratch() implements Method {
    @Override
    public String label() {
        return "from scratch";
    }

    @Override
    public double usualRate() {
        return 5e-4;
    }

    @Override
    public boolean learns(String weight, Model model) {
        return true;
    }

    @Override
    public boolean untrained() {
        return true;
    }
}
