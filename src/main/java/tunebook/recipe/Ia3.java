package tunebook.recipe;

import java.util.List;
import java.util.Set;
import tunebook.core.AdaptedOps;
import tunebook.core.Decorator;
import tunebook.core.Init;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Role;
import tunebook.core.Shape;
import tunebook.core.Weight;
import tunebook.model.Outline;

/**
 * (IA)³: learned factors on keys, values and on what enters the feed-forward part's last product;
 * all one at the start.
 *
 * @param sites which sites' rows are scaled: going in at {@link Role#DOWN} and {@link Role#OUTPUT},
 *     coming out elsewhere
 * @see <a href="https://arxiv.org/abs/2205.05638">Liu et al. 2022, §3.3</a>
 */
public record Ia3(Targets sites) implements Method {
    /** What the name of the factors ends with. */
    public static final String FACTORS = ".ia3_l";

    /**
     * Keys, values and the feed-forward part, as published; where queries come out of one product
     * with them, they too, as PEFT has it.
     */
    public Ia3() {
        this(Targets.of(Role.KEY, Role.VALUE, Role.QUERY_KEY_VALUE, Role.DOWN));
    }

    /** The same on the linear sites whose name matches a glob. */
    public Ia3 on(String glob) {
        return new Ia3(Targets.named(glob));
    }

    /** The same in the last {@code k} blocks only. */
    public Ia3 last(int k) {
        return new Ia3(sites.last(k));
    }

    /** Whether what goes into a site is scaled, and not what comes out of it. */
    public static boolean scalesInput(Linear site) {
        return site.role() == Role.DOWN || site.role() == Role.OUTPUT;
    }

    @Override
    public String label() {
        return "(IA)³";
    }

    @Override
    public List<String> calls() {
        return List.of("ia3");
    }

    @Override
    public List<Setting> own() {
        return List.of(sites.setting());
    }

    @Override
    public double usualRate() {
        return 1e-2;
    }

    @Override
    public void check(Outline base) {
        sites.among(base, "ia3()");
    }

    @Override
    public Decorator on(Outline base) {
        Set<String> chosen = sites.names(base);
        return new Decorator() {
            @Override
            public <T> Ops<T> over(Ops<T> ops) {
                return new AdaptedOps<>(ops) {
                    @Override
                    public T linear(T x, Linear site) {
                        if (!chosen.contains(site.name())) return inner.linear(x, site);
                        if (scalesInput(site))
                            return inner.linear(scaled(x, site, site.in()), site);
                        return scaled(inner.linear(x, site), site, site.out());
                    }

                    private T scaled(T x, Linear site, int width) {
                        Weight factors =
                                new Weight(site.name() + FACTORS, Shape.of(width), Init.ONES);
                        return inner.scaleColumns(x, inner.weight(factors));
                    }
                };
            }
        };
    }
}
