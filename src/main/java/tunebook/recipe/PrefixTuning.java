package tunebook.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tunebook.core.AdaptedOps;
import tunebook.core.Attention;
import tunebook.core.Decorator;
import tunebook.core.Init;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Shape;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.model.Outline;

/**
 * Prefix tuning: p learned keys and values before each sequence in every block's attention.
 *
 * @param tokens p, at least 1
 * @param hidden width of the network (linear, tanh, linear) that the keys and values come out of; 0
 *     where they learn themselves
 * @param shifted whether the text's positions begin at p instead of 0, as Hugging Face's BERT has
 *     it
 * @see <a href="https://arxiv.org/abs/2101.00190">Li and Liang 2021, §4</a>
 */
public record PrefixTuning(int tokens, int hidden, boolean shifted) implements Method {
    /** Keys and values that learn themselves. */
    public PrefixTuning(int tokens) {
        this(tokens, 0, false);
    }

    /** Checks the sizes. */
    public PrefixTuning {
        VirtualRows.check("prefixTuning(" + tokens + ")", tokens);
        if (hidden < 0)
            throw new TunebookException(
                    "prefixTuning().projection(" + hidden + ")", "is below 1", "give 1 or more");
    }

    /** The same with keys and values out of a network so wide inside. */
    public PrefixTuning projection(int width) {
        return new PrefixTuning(tokens, width, shifted);
    }

    @Override
    public String label() {
        return "prefix tuning p" + tokens;
    }

    @Override
    public List<String> calls() {
        return List.of("prefixTuning");
    }

    @Override
    public List<Setting> own() {
        List<Setting> own = new ArrayList<>();
        own.add(Setting.of("keys and values", tokens));
        if (hidden > 0) own.add(Setting.of("width of the network", hidden));
        if (shifted) own.add(Setting.of("first position of the text", tokens));
        return own;
    }

    @Override
    public double usualRate() {
        return 1e-2;
    }

    @Override
    public int firstPosition() {
        return shifted ? tokens : 0;
    }

    @Override
    public Optional<String> unmergeable() {
        return Optional.of("its keys and values stand beside the text's: no weight can hold them");
    }

    @Override
    public void check(Outline base) {
        VirtualRows.check("prefixTuning(" + tokens + ")", tokens, base);
    }

    @Override
    public Decorator on(Outline base) {
        int width = base.model().width();
        return new Decorator() {
            @Override
            public <T> Ops<T> over(Ops<T> ops) {
                return new AdaptedOps<>(ops) {
                    @Override
                    public T attention(T q, T k, T v, Attention site) {
                        return inner.attention(
                                q,
                                inner.prepend(rows(site.name() + ".prefix_key"), k),
                                inner.prepend(rows(site.name() + ".prefix_value"), v),
                                site);
                    }

                    private T rows(String name) {
                        if (hidden == 0) return inner.weight(vectors(name));
                        T x = inner.weight(vectors("prefix_encoder.embedding.weight"));
                        Linear in = Linear.of("prefix_encoder.transform.0", width, hidden);
                        Linear out = Linear.of(name + "_transform", hidden, width);
                        return inner.linear(
                                inner.tanh(inner.linear(x, in.from(Init.KAIMING))),
                                out.from(Init.KAIMING));
                    }

                    private Weight vectors(String name) {
                        return new Weight(name, Shape.of(tokens, width), Init.normal(1));
                    }
                };
            }
        };
    }
}
