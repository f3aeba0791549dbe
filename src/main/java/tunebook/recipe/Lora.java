package tunebook.recipe;

import java.util.SortedMap;
import java.util.TreeMap;
import tunebook.core.Decorator;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Role;
import tunebook.core.TunebookException;
import tunebook.model.Model;
import tunebook.model.Outline;

/**
 * Low-rank adaptation and its family: y = W·x + (alpha/rank)·B·A·x, with A Kaiming-uniform and B =
 * 0, so that step 0 is the base model.
 *
 * @param ranks rank and scale, by site
 * @param sites which linear sites
 * @param form which member of the family
 * @see <a href="https://arxiv.org/abs/2106.09685">Hu et al. 2021, §4.1</a>
 */
public record Lora(Ranks ranks, Targets sites, LoraForm form) implements Method {
    /** What the name of A's weight begins with, after the site's. */
    static final String DOWN = ".lora_A";

    /** What the name of B's weight begins with, after the site's. */
    static final String UP = ".lora_B";

    /** Rank with alpha twice as large, on every linear site of the blocks. */
    public Lora(int rank) {
        this(
                new Ranks(rank, Math.max(1, 2.0 * rank), new TreeMap<>(), new TreeMap<>()),
                Targets.ALL,
                LoraForm.PLAIN);
    }

    /** The same with another scale. */
    public Lora alpha(double alpha) {
        return with(new Ranks(ranks.rank(), alpha, ranks.rankOf(), ranks.alphaOf()));
    }

    /** The same with another scale on the sites whose name matches a glob. */
    public Lora alpha(String glob, double alpha) {
        SortedMap<String, Double> more = new TreeMap<>(ranks.alphaOf());
        more.put(glob, alpha);
        return with(new Ranks(ranks.rank(), ranks.alpha(), ranks.rankOf(), more));
    }

    /** The same with another rank on the sites whose name matches a glob. */
    public Lora rank(String glob, int rank) {
        SortedMap<String, Integer> more = new TreeMap<>(ranks.rankOf());
        more.put(glob, rank);
        return with(new Ranks(ranks.rank(), ranks.alpha(), more, ranks.alphaOf()));
    }

    private Lora with(Ranks other) {
        return new Lora(other, sites, form);
    }

    /** The same on the linear sites whose name matches a glob, for example {@code *.query}. */
    public Lora on(String glob) {
        return new Lora(ranks, Targets.named(glob), form);
    }

    /** The same on the linear sites of these roles. */
    public Lora on(Role... roles) {
        return new Lora(ranks, Targets.of(roles), form);
    }

    /** The same in the last {@code k} blocks only: what is below stays frozen, and is cached. */
    public Lora last(int k) {
        return new Lora(ranks, sites.last(k), form);
    }

    /** The same in another form. */
    public Lora form(LoraForm form) {
        return new Lora(ranks, sites, form);
    }

    /** The same with dropout before A. */
    public Lora dropout(double rate) {
        return form(form.dropout(rate));
    }

    /** The same with the word table adapted too. */
    public Lora embeddings() {
        return form(form.embeddings(true));
    }

    @Override
    public String label() {
        return form.label() + " r" + ranks.rank();
    }

    @Override
    public double usualRate() {
        return 3e-3;
    }

    @Override
    public boolean learns(Place place) {
        return false;
    }

    @Override
    public double rateFactor(String weight, Model model, int epoch) {
        return weight.contains(UP) ? form.ratio() : 1;
    }

    @Override
    public Decorator on(Outline base) {
        return new Decorator() {
            @Override
            public <T> Ops<T> over(Ops<T> ops) {
                return new LoraOps<>(ops, Lora.this, base.model());
            }
        };
    }

    @Override
    public void check(Outline base) {
        String where = "lora(" + ranks.rank() + ")";
        for (Linear site : sites.among(base, where)) {
            int rank = ranks.rank(site.name());
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
        ranks.rankOf().keySet().forEach(glob -> Targets.named(glob).among(base, where + ".rank"));
        ranks.alphaOf().keySet().forEach(glob -> Targets.named(glob).among(base, where + ".alpha"));
    }
}
