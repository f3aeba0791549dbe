package tunebook.recipe;

import tunebook.core.BatchNorm;
import tunebook.core.Linear;
import tunebook.core.Norm;
import tunebook.core.Site;
import tunebook.core.Weight;

/**
 * Where a weight of the backbone sits.
 *
 * @param weight its name
 * @param site where it is used, or null where it is a value by itself
 * @param depth 0 the embedding, i + 1 block i, blocks + 1 what comes after
 * @param blocks of the model
 */
public record Place(String weight, Site site, int depth, int blocks) {
    /** Whether it is what a linear site or a norm adds. */
    public boolean isBias() {
        Weight bias = null;
        if (site instanceof Linear linear) bias = linear.bias();
        if (site instanceof Norm norm) bias = norm.bias();
        if (site instanceof BatchNorm norm) bias = norm.bias();
        return bias != null && bias.name().equals(weight);
    }
}
