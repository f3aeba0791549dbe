package tunebook.adapter;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tunebook.core.Names;
import tunebook.core.Site;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.Method;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Ranks;
import tunebook.recipe.Targets;

/** An adapter out of PEFT's words. */
final class PeftReader {
    private final String where;
    private final PeftConfig config;
    private final Weights file;
    private final Map<String, String> metadata;
    private final Backbone backbone;
    private final Map<String, Tensor> weights = new TreeMap<>();

    /**
     * @param where the configuration's file, for errors
     */
    PeftReader(
            String where,
            PeftConfig config,
            Weights file,
            Map<String, String> metadata,
            Backbone backbone) {
        this.where = where;
        this.config = config;
        this.file = file;
        this.metadata = metadata;
        this.backbone = backbone;
    }

    Adapter adapter(String name) {
        Method method =
                switch (config.type()) {
                    case "LORA" -> lora();
                    case "IA3" -> ia3();
                    case "PREFIX_TUNING" -> prefix();
                    default -> prompt();
                };
        for (String key : file.names()) {
            if (key.equals(PeftNames.ROWS) || key.contains(".lora_") || key.endsWith(".ia3_l"))
                continue;
            weights.put(strip(key), file.get(key));
        }
        return new Adapter(
                metadata.getOrDefault("tunebook_name", name),
                method,
                labels(),
                Weights.none(),
                Weights.of(weights));
    }

    private static String strip(String key) {
        return key.startsWith(PeftNames.ROOT) ? key.substring(PeftNames.ROOT.length()) : key;
    }

    private List<String> labels() {
        String written = metadata.get("tunebook_labels");
        if (written != null) return List.of(new Gson().fromJson(written, String[].class));
        int count =
                file.names().stream()
                        .filter(n -> n.matches(".*\\b(classifier|score)\\.weight"))
                        .findFirst()
                        .map(n -> file.get(n).shape().size(0))
                        .orElse(2);
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) labels.add("LABEL_" + i);
        return labels;
    }

    /** Checks that every target is somewhere, and gives the sites that tensors are there for. */
    private Set<String> sites(String mark) {
        Map<String, Site> modules = PeftNames.modules(backbone, labels().size());
        for (String target : config.list("target_modules")) {
            if (modules.keySet().stream().noneMatch(m -> PeftConfig.selects(target, m))) {
                List<String> endings =
                        modules.keySet().stream()
                                .map(m -> m.substring(m.lastIndexOf('.') + 1))
                                .distinct()
                                .toList();
                throw new TunebookException(
                        where,
                        "target_modules names "
                                + target
                                + ", which "
                                + backbone.name()
                                + " has not",
                        Names.nearest(target, endings)
                                .map(n -> "nearest is " + n + "; take the adapter's own backbone")
                                .orElse("take the adapter's own backbone"));
            }
        }
        Set<String> sites = new TreeSet<>();
        for (String key : file.names())
            if (key.contains(mark)) sites.add(strip(key.substring(0, key.indexOf(mark))));
        if (sites.isEmpty()) {
            throw new TunebookException(
                    where,
                    "belongs to a file without " + mark.substring(1) + " tensors",
                    "fetch the adapter again");
        }
        return sites;
    }

    private Method lora() {
        Set<String> sites = sites(".lora_");
        int rank = config.integer("r");
        double alpha = config.number("lora_alpha", rank);
        SortedMap<String, Integer> rankOf = new TreeMap<>();
        SortedMap<String, Double> alphaOf = new TreeMap<>();
        for (String site : sites) {
            pattern("rank_pattern", site).ifPresent(r -> rankOf.put(site, (int) Math.round(r)));
            pattern("alpha_pattern", site).ifPresent(a -> alphaOf.put(site, a));
        }
        for (String key : file.names()) {
            if (!key.contains(".lora_")) continue;
            Tensor tensor = file.get(key);
            String name = strip(key);
            if (name.endsWith(".lora_embedding_A")) weights.put(name, tensor.turned());
            else if (name.endsWith(".lora_embedding_B")) weights.put(name + ".weight", tensor);
            else weights.put(name.replace("_vector.weight", "_vector"), tensor);
        }
        boolean table = sites.remove(backbone.model().words());
        LoraForm form =
                LoraForm.PLAIN
                        .stabilized(config.flag("use_rslora"))
                        .decomposed(config.flag("use_dora"))
                        .dropout(config.number("lora_dropout", 0))
                        .embeddings(table);
        return new Lora(new Ranks(rank, alpha, rankOf, alphaOf), named(sites), form);
    }

    private static Targets named(Set<String> sites) {
        return Targets.named(String.join("|", sites));
    }

    private Optional<Double> pattern(String field, String site) {
        return config.pattern(field).entrySet().stream()
                .filter(e -> PeftConfig.selects(e.getKey(), site))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private Method ia3() {
        Set<String> sites = sites(".ia3_l");
        for (String key : file.names()) {
            if (!key.endsWith(".ia3_l")) continue;
            Tensor factors = file.get(key);
            weights.put(strip(key), PeftNames.shaped(factors, (int) factors.shape().elements()));
        }
        return new Ia3(named(sites));
    }

    private Tensor rows() {
        if (!file.has(PeftNames.ROWS)) {
            throw new TunebookException(
                    where,
                    "belongs to a file without " + PeftNames.ROWS,
                    "fetch the adapter again");
        }
        return file.get(PeftNames.ROWS);
    }

    private Method prompt() {
        weights.put(backbone.model().words() + "." + PeftNames.ROWS, rows());
        return new PromptTuning(config.integer("num_virtual_tokens"));
    }

    /**
     * Hugging Face's BERT counts the text's positions on after the prefix: so does what PEFT wrote.
     */
    private Method prefix() {
        List<String> sites = PeftNames.attentions(backbone);
        int width = backbone.model().width();
        Tensor rows = rows();
        int tokens = config.integer("num_virtual_tokens");
        int wanted = sites.size() * 2 * width;
        if (rows.shape().rank() != 2
                || rows.shape().size(0) != tokens
                || rows.shape().size(1) != wanted) {
            throw new TunebookException(
                    where,
                    PeftNames.ROWS
                            + " is "
                            + rows.shape()
                            + " where it has to be ["
                            + tokens
                            + ", "
                            + wanted
                            + "]",
                    "take the backbone that the adapter was learned on");
        }
        float[] all = rows.floats();
        for (int i = 0; i < 2 * sites.size(); i++) {
            float[] part = new float[tokens * width];
            for (int p = 0; p < tokens; p++)
                System.arraycopy(all, p * wanted + i * width, part, p * width, width);
            weights.put(
                    sites.get(i / 2) + (i % 2 == 0 ? ".prefix_key" : ".prefix_value"),
                    Tensor.of(part, tokens, width));
        }
        String first = metadata.getOrDefault("tunebook_first_position", Integer.toString(tokens));
        return new PrefixTuning(tokens, 0, !first.equals("0"));
    }
}
