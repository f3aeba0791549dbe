package tunebook.recipe;

import java.util.List;
import java.util.regex.Pattern;
import tunebook.core.AdaptedOps;
import tunebook.core.Decorator;
import tunebook.core.Init;
import tunebook.core.Linear;
import tunebook.core.Names;
import tunebook.core.Ops;
import tunebook.core.Site;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.model.Model;

/**
 * Low-rank adaptation: y = W·x + (alpha/rank)·B·A·x, with A Kaiming-uniform and B = 0, so that step
 * 0 is the base model.
 *
 * @param rank r, at least 1 and below the sites' widths
 * @param alpha scale, unitless, above 0
 * @param on glob over linear sites
 * @see <a href="https://arxiv.org/abs/2106.09685">Hu et al. 2021, §4.1</a>
 */
public record Lora(int rank, double alpha, String on) implements Method {
    /** Rank with alpha twice as large, on every linear site of the blocks. */
    public Lora(int rank) {
        this(rank, 2.0 * rank, "*");
    }

    /** Checks rank and alpha. */
    public Lora {
        if (rank < 1)
            throw new TunebookException("lora(" + rank + ")", "rank is below 1", "give 1 or more");
        if (!(alpha > 0))
            throw new TunebookException(
                    "lora().alpha(" + alpha + ")", "is not positive", "give more than 0");
    }

    /** The same with another scale. */
    public Lora alpha(double alpha) {
        return new Lora(rank, alpha, on);
    }

    /** The same on the linear sites whose name matches a glob, for example {@code *.query}. */
    public Lora on(String glob) {
        return new Lora(rank, alpha, glob);
    }

    @Override
    public String label() {
        return "LoRA r" + rank;
    }

    @Override
    public double usualRate() {
        return 3e-3;
    }

    @Override
    public boolean learns(String weight, Model model) {
        return false;
    }

    @Override
    public Decorator on(Backbone backbone) {
        Pattern sites = Names.glob(on);
        return new Decorator() {
            @Override
            public <T> Ops<T> over(Ops<T> ops) {
                return new AdaptedOps<>(ops) {
                    @Override
                    public T linear(T x, Linear site) {
                        T y = inner.linear(x, site);
                        if (backbone.model().depth(site.name()) > backbone.model().blocks())
                            return y;
                        if (!sites.matcher(site.name()).matches()) return y;
                        T low =
                                inner.linear(
                                        x,
                                        Linear.of(
                                                site.name() + ".lora_A",
                                                site.in(),
                                                rank,
                                                Init.KAIMING));
                        T high =
                                inner.linear(
                                        low,
                                        Linear.of(
                                                site.name() + ".lora_B",
                                                rank,
                                                site.out(),
                                                Init.ZEROS));
                        return inner.add(y, inner.scale(high, alpha / rank));
                    }
                };
            }
        };
    }

    @Override
    public void check(Backbone backbone) {
        List<Linear> linear =
                backbone.sites().values().stream()
                        .filter(Linear.class::isInstance)
                        .map(Linear.class::cast)
                        .toList();
        List<Linear> chosen =
                linear.stream().filter(s -> Names.glob(on).matcher(s.name()).matches()).toList();
        if (chosen.isEmpty()) {
            throw new TunebookException(
                    "lora(" + rank + ").on(\"" + on + "\")",
                    "matches none of the linear sites of " + backbone.name(),
                    Names.nearest(on.replace("*", ""), endings(linear))
                                    .map(n -> "nearest is \"*" + n + "\"; ")
                                    .orElse("")
                            + "list all with backbone.sites()");
        }
        for (Linear site : chosen) {
            int most = Math.min(site.in(), site.out());
            if (rank > most) {
                throw new TunebookException(
                        "lora(" + rank + ")",
                        site.name()
                                + " is "
                                + site.weight().shape()
                                + ": no update has a higher rank than "
                                + most,
                        "give at most " + most + ", or leave the site out with on(glob)");
            }
        }
    }

    private static List<String> endings(List<? extends Site> sites) {
        return sites.stream()
                .map(s -> s.name().substring(s.name().lastIndexOf('.')))
                .distinct()
                .toList();
    }
}
