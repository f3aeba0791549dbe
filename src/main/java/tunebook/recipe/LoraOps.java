package tunebook.recipe;

import java.util.Set;
import tunebook.core.AdaptedOps;
import tunebook.core.Embedding;
import tunebook.core.Init;
import tunebook.core.Input;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Role;
import tunebook.core.Shape;
import tunebook.core.Weight;

/**
 * How LoRA answers: every change is exactly zero at the start, so that step 0 is the base model.
 */
final class LoraOps<T> extends AdaptedOps<T> {
    private final Lora lora;
    private final Set<String> sites;
    private final String words;

    /** Adapts the linear sites of these names, and this table where the form says so. */
    LoraOps(Ops<T> inner, Lora lora, Set<String> sites, String words) {
        super(inner);
        this.lora = lora;
        this.sites = sites;
        this.words = words;
    }

    /**
     * A, B and the scale at one site; A and B are frozen copies of the start where one is taken
     * off.
     */
    private record Update(Linear down, Linear up, double scale) {
        Update start() {
            return new Update(constant(down), constant(up), -scale);
        }

        private static Linear constant(Linear site) {
            Weight start = site.weight().constant(site.name() + "_start.weight");
            return new Linear(site.name() + "_start", start, null, Role.OTHER);
        }
    }

    private Update update(Linear site) {
        int rank = lora.ranks().rank(site.name());
        double scale = lora.form().scale(lora.ranks().alpha(site.name()), rank);
        LoraStart start = new LoraStart(lora.form().start(), site.weight().name(), rank, scale);
        return new Update(
                Linear.of(site.name() + Lora.DOWN, site.in(), rank, start.down()),
                Linear.of(site.name() + Lora.UP, rank, site.out(), start.up()),
                scale);
    }

    @Override
    public T linear(T x, Linear site) {
        T plain = inner.linear(x, site);
        if (!sites.contains(site.name())) return plain;
        Update update = update(site);
        T low = low(inner.dropout(x, lora.form().dropout()), update);
        if (!lora.form().decomposed() && !movesFromTheStart())
            return inner.addLinear(plain, low, update.up());
        T change = inner.linear(low, update.up());
        if (movesFromTheStart())
            change = inner.addLinear(change, low(x, update.start()), update.start().up());
        return inner.add(
                plain, lora.form().decomposed() ? turned(plain, change, site, update) : change);
    }

    private boolean movesFromTheStart() {
        return lora.form().start() != LoraForm.Start.KAIMING;
    }

    private T low(T x, Update update) {
        return inner.scale(inner.linear(x, update.down()), update.scale());
    }

    /** DoRA, V the changed weight, m learned lengths: m/‖V‖ · (W·x + change) − W·x. */
    private T turned(T plain, T change, Linear site, Update update) {
        T turn = matrix(update);
        if (movesFromTheStart()) turn = inner.add(turn, matrix(update.start()));
        T changed = inner.add(inner.weight(site.weight()), turn);
        Weight lengths =
                new Weight(
                        site.name() + ".lora_magnitude_vector",
                        Shape.of(site.out()),
                        Init.rowNorms(site.weight().name()));
        T factors = inner.overRowNorms(inner.weight(lengths), changed);
        T product =
                site.bias() == null
                        ? plain
                        : inner.addRow(plain, inner.scale(inner.weight(site.bias()), -1));
        return inner.add(
                inner.scaleColumns(inner.add(product, change), factors), inner.scale(product, -1));
    }

    private T matrix(Update update) {
        return inner.scale(
                inner.product(
                        inner.weight(update.up().weight()), inner.weight(update.down().weight())),
                update.scale());
    }

    @Override
    public T embedding(Embedding site, Input ids) {
        T plain = inner.embedding(site, ids);
        if (!lora.form().embeddings() || !site.name().equals(words)) return plain;
        int rank = lora.ranks().rank(site.name());
        Weight table =
                new Weight(
                        site.name() + ".lora_embedding_A", Shape.of(site.rows(), rank), Init.ZEROS);
        Linear up =
                Linear.of(site.name() + ".lora_embedding_B", rank, site.width(), Init.normal(1));
        T low = inner.embedding(new Embedding(table.name(), table), ids);
        double scale = lora.form().scale(lora.ranks().alpha(site.name()), rank);
        return inner.add(plain, inner.scale(inner.linear(low, up), scale));
    }
}
