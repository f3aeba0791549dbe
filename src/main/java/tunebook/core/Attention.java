package tunebook.core;

import java.util.List;

/**
 * Where rows of a sequence look at each other.
 *
 * @param name the site
 * @param heads how many; divides the width
 */
public record Attention(String name, int heads) implements Site {
    @Override
    public List<Weight> weights() {
        return List.of();
    }
}
