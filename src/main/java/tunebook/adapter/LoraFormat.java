package tunebook.adapter;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import tunebook.core.Linear;
import tunebook.core.Site;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.model.Outline;
import tunebook.recipe.Adapter;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.Method;
import tunebook.recipe.Ranks;

/**
 * LoRA's family. What begins at a part of the weight is written as an ordinary LoRA of twice the
 * rank: B·A − B₀·A₀ = [B, −B₀]·[A; A₀], with alpha such that the scale stays.
 */
final class LoraFormat implements PeftFormat {
    private static final String RANK = "r";
    private static final String ALPHA = "lora_alpha";
    private static final String RANKS = "rank_pattern";
    private static final String ALPHAS = "alpha_pattern";
    private static final String STABILIZED = "use_rslora";
    private static final String DECOMPOSED = "use_dora";
    private static final String DROPOUT = "lora_dropout";

    @Override
    public List<String> types() {
        return List.of("LORA");
    }

    @Override
    public boolean writes(Method method) {
        return method instanceof Lora;
    }

    @Override
    public JsonObject config(Adapter adapter, Outline base) {
        Lora lora = (Lora) adapter.recipe().method();
        LoraForm form = lora.form();
        if (form.decomposed() && form.embeddings()) {
            throw new TunebookException(
                    "adapter " + adapter.name(),
                    "PEFT's DoRA decomposes the word table too",
                    "leave embeddings() or decomposed(true) out for PEFT");
        }
        Ranks ranks = lora.ranks();
        List<String> sites = LoraTensors.sites(adapter.weights());
        ToIntFunction<String> times = s -> LoraTensors.taken(s, adapter.constants()) ? 2 : 1;
        ToDoubleFunction<String> rank = s -> times.applyAsInt(s) * ranks.rank(s);
        ToDoubleFunction<String> alpha = s -> scale(times.applyAsInt(s), form) * ranks.alpha(s);
        JsonObject config = new JsonObject();
        config.addProperty(PeftFile.TYPE, types().get(0));
        config.add("target_modules", PeftNames.field(sites, PeftNames.all(base)));
        int usual = adapter.constants().names().isEmpty() ? 1 : 2;
        config.addProperty(RANK, usual * ranks.rank());
        config.add(RANKS, others(sites, rank, usual * ranks.rank()));
        config.add(ALPHA, number(scale(usual, form) * ranks.alpha()));
        config.add(ALPHAS, others(sites, alpha, scale(usual, form) * ranks.alpha()));
        config.addProperty(STABILIZED, form.stabilized());
        config.addProperty(DECOMPOSED, form.decomposed());
        config.addProperty(DROPOUT, form.dropout());
        config.addProperty("init_lora_weights", true);
        config.addProperty("fan_in_fan_out", base.model().filesTurned());
        config.addProperty("bias", "none");
        return config;
    }

    /** What alpha grows by where the rank grows by so much and the scale stays. */
    private static double scale(int times, LoraForm form) {
        return form.stabilized() ? Math.sqrt(times) : times;
    }

    private static JsonObject others(
            List<String> sites, ToDoubleFunction<String> of, double usual) {
        JsonObject others = new JsonObject();
        for (String site : sites)
            if (of.applyAsDouble(site) != usual) others.add(site, number(of.applyAsDouble(site)));
        return others;
    }

    /** Whole numbers as PEFT has them: without a point. */
    private static JsonPrimitive number(double value) {
        return value == Math.rint(value)
                ? new JsonPrimitive((long) value)
                : new JsonPrimitive(value);
    }

    @Override
    public Weights theirs(Adapter adapter, Outline base) {
        return ConvolutionTensors.theirs(
                LoraTensors.theirs(adapter.weights(), adapter.constants()), base.model());
    }

    @Override
    public Method method(PeftFile file, Outline base) {
        JsonFile config = file.config();
        LoraLimits.check(config);
        List<Site> sites = PeftModules.adapted(config, base);
        LoraLimits.checkSites(file, base);
        String words = base.words();
        boolean embeddings = sites.stream().anyMatch(s -> s.name().equals(words));
        List<Linear> linear = PeftModules.linear(sites);
        if (linear.isEmpty()) {
            throw new TunebookException(
                    config.where(),
                    "target_modules names no linear site of " + base.name(),
                    "adapt one linear site besides the tables");
        }
        String usual = embeddings ? words : linear.get(0).name();
        return new Lora(
                ranks(config, linear, usual),
                PeftModules.targets(linear, base),
                LoraForm.PLAIN
                        .stabilized(config.flag(STABILIZED))
                        .decomposed(config.flag(DECOMPOSED))
                        .dropout(config.has(DROPOUT) ? config.number(DROPOUT) : 0)
                        .embeddings(embeddings));
    }

    /** Ranks and scales of the linear sites by name, what is usual being those of one site. */
    private static Ranks ranks(JsonFile config, List<Linear> linear, String usual) {
        int r = config.integer(RANK);
        double a = config.number(ALPHA);
        int rank = (int) PeftModules.number(config, RANKS, usual, r);
        double alpha = PeftModules.number(config, ALPHAS, usual, a);
        SortedMap<String, Integer> otherRanks = new TreeMap<>();
        SortedMap<String, Double> otherAlphas = new TreeMap<>();
        for (Linear site : linear) {
            int here = (int) PeftModules.number(config, RANKS, site.name(), r);
            double scale = PeftModules.number(config, ALPHAS, site.name(), a);
            if (here != rank) otherRanks.put(site.name(), here);
            if (scale != alpha) otherAlphas.put(site.name(), scale);
        }
        return new Ranks(rank, alpha, otherRanks, otherAlphas);
    }

    @Override
    public Weights ours(PeftFile file, Outline base) {
        return ConvolutionTensors.ours(LoraTensors.ours(file.tensors()), base.model());
    }
}
