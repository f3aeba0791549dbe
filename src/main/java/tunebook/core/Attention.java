package tunebook.core;

import java.util.List;

/**
 * Where rows of a sequence look at each other.
 *
 * @param name the site
 * @param heads how many; divides the width
 * @param causal whether a row sees only what stands before it, and itself
 */
public record Attention(String name, int heads, boolean causal) implements Site {
    /** Attention in both directions. */
    public Attention(String name, int heads) {
        this(name, heads, false);
    }

    @Override
    public String toString() {
        return name + ": attention, " + heads + " heads" + (causal ? ", causal" : "");
    }

    @Override
    public List<Weight> weights() {
        return List.of();
    }
}
