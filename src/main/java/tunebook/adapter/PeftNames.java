package tunebook.adapter;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tunebook.core.Attention;
import tunebook.core.Decorator;
import tunebook.core.Linear;
import tunebook.core.Role;
import tunebook.core.Site;
import tunebook.core.Tensor;
import tunebook.cost.Counter;
import tunebook.model.Backbone;
import tunebook.model.Programs;

/** How PEFT calls and lays out what methods add, and back. */
final class PeftNames {
    /** What every key but the virtual tokens' begins with. */
    static final String ROOT = "base_model.model.";

    /** The key of rows before the text, and of keys and values before each sequence. */
    static final String ROWS = "prompt_embeddings";

    private PeftNames() {}

    /** Linear sites of the blocks and the head, and the word table: PEFT's target modules. */
    static Map<String, Site> modules(Backbone backbone, int labels) {
        Programs all =
                new Programs(
                        backbone.model(), backbone.model().classifier(labels), Decorator.NONE, 0);
        Map<String, Site> modules = new TreeMap<>(Counter.scan(all.logits(), 0).sites());
        modules.values()
                .removeIf(
                        s -> !(s instanceof Linear) && !s.name().equals(backbone.model().words()));
        return modules;
    }

    /** Names of the attention sites, block by block: the order of a prefix's layers. */
    static List<String> attentions(Backbone backbone) {
        return backbone.sites().values().stream()
                .filter(Attention.class::isInstance)
                .map(Site::name)
                .toList();
    }

    /**
     * Modules as PEFT takes them: endings where these select just the wanted ones of all, else one
     * regular expression.
     */
    static List<String> targets(Collection<String> wanted, Collection<String> all) {
        TreeSet<String> endings = new TreeSet<>();
        for (String name : wanted) endings.add(name.replaceFirst("^.*\\.\\d+\\.", ""));
        List<String> selected =
                all.stream()
                        .filter(m -> endings.stream().anyMatch(e -> PeftConfig.selects(e, m)))
                        .toList();
        if (new TreeSet<>(selected).equals(new TreeSet<>(wanted))) return List.copyOf(endings);
        return List.of(
                wanted.stream()
                        .map(name -> name.replace(".", "\\."))
                        .collect(Collectors.joining("|")));
    }

    /** Whether (IA)³ scales what goes in at a site, a feed-forward module in PEFT's words. */
    static boolean scalesInput(Site site) {
        return site instanceof Linear linear
                && (linear.role() == Role.DOWN || linear.role() == Role.OUTPUT);
    }

    /** The same numbers in another shape. */
    static Tensor shaped(Tensor x, int... sizes) {
        return Tensor.of(x.floats(), sizes);
    }
}
