package tunebook.recipe;

import java.util.List;
import java.util.Set;
import tunebook.core.Decorator;
import tunebook.core.Ops;
import tunebook.core.Role;
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
        this(Ranks.of(rank), Targets.ALL, LoraForm.PLAIN);
    }

    /** The same with another scale. */
    public Lora alpha(double alpha) {
        return new Lora(ranks.alpha(alpha), sites, form);
    }

    /** The same with another scale on the sites whose name matches a glob. */
    public Lora alpha(String glob, double alpha) {
        return new Lora(ranks.alpha(glob, alpha), sites, form);
    }

    /** The same with another rank on the sites whose name matches a glob. */
    public Lora rank(String glob, int rank) {
        return new Lora(ranks.rank(glob, rank), sites, form);
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
    public List<String> calls() {
        return List.of(form.call());
    }

    @Override
    public List<Setting> own() {
        return Setting.all(List.of(ranks.own(), List.of(sites.setting()), form.own()));
    }

    @Override
    public double usualRate() {
        return 3e-3 / Math.sqrt(form.ratio());
    }

    @Override
    public double rateFactor(String weight, Model model, int epoch) {
        return weight.contains(UP) ? form.ratio() : 1;
    }

    @Override
    public Decorator on(Outline base) {
        Set<String> chosen = sites.names(base);
        return new Decorator() {
            @Override
            public <T> Ops<T> over(Ops<T> ops) {
                return new LoraOps<>(ops, Lora.this, chosen, base.words());
            }
        };
    }

    @Override
    public void check(Outline base) {
        if (form.embeddings()) base.model().text("lora(" + ranks.rank() + ").embeddings()");
        ranks.check(sites.among(base, "lora(" + ranks.rank() + ")"));
    }
}
