package tunebook.adapter;

import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import tunebook.core.Embedding;
import tunebook.core.Linear;
import tunebook.core.Names;
import tunebook.core.Site;
import tunebook.core.TunebookException;
import tunebook.model.Outline;
import tunebook.recipe.Targets;

/** Which modules a configuration names, and what numbers it has for them, as PEFT reads it. */
final class PeftModules {
    private static final String TARGETS = "target_modules";
    private static final String EXCLUDED = "exclude_modules";
    private static final String LAYERS = "layers_to_transform";
    private static final String ALL_LINEAR = "all-linear";

    private PeftModules() {}

    /**
     * The linear sites of the blocks and the tables that a configuration adapts.
     *
     * @throws TunebookException if there is none, with the nearest names
     */
    static List<Site> adapted(JsonFile config, Outline base) {
        Predicate<Site> wanted = site -> named(config, TARGETS, site.name());
        if (config.element(TARGETS).equals(new JsonPrimitive(ALL_LINEAR)))
            wanted = Linear.class::isInstance;
        List<Site> sites =
                base.sites().values().stream()
                        .filter(s -> s instanceof Linear || s instanceof Embedding)
                        .toList();
        List<Site> chosen =
                sites.stream()
                        .filter(wanted)
                        .filter(s -> !config.has(EXCLUDED) || !named(config, EXCLUDED, s.name()))
                        .filter(s -> !config.has(LAYERS) || layer(config, s, base))
                        .toList();
        if (chosen.isEmpty()) {
            Set<String> endings =
                    sites.stream()
                            .map(s -> s.name().substring(s.name().lastIndexOf('.') + 1))
                            .collect(Collectors.toSet());
            String nearest =
                    config.texts(TARGETS).stream()
                            .map(t -> Names.nearest(t, endings).orElse("none") + " to " + t)
                            .collect(Collectors.joining(", "));
            throw new TunebookException(
                    config.where(),
                    TARGETS
                            + " "
                            + config.texts(TARGETS)
                            + " matches none of the sites of "
                            + base.name(),
                    "nearest is "
                            + nearest
                            + "; take the backbone that the adapter was learned on");
        }
        return chosen;
    }

    private static boolean layer(JsonFile config, Site site, Outline base) {
        int layer = base.model().depth(site.name()) - 1;
        return config.texts(LAYERS).contains(Integer.toString(layer));
    }

    /** Whether a field names a module. */
    private static boolean named(JsonFile config, String key, String module) {
        if (config.element(key).isJsonPrimitive())
            return regex(config, key, config.text(key)).matcher(module).matches();
        return config.texts(key).stream().anyMatch(ending -> PeftNames.ends(module, ending));
    }

    /** The number of the first pattern that a module's name ends with, else the usual one. */
    static double number(JsonFile config, String key, String module, double usual) {
        return config.numbers(key).entrySet().stream()
                .filter(
                        e ->
                                regex(config, key, "(.*\\.)?(" + e.getKey() + ")")
                                        .matcher(module)
                                        .matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(usual);
    }

    private static Pattern regex(JsonFile config, String key, String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new TunebookException(
                    config.where(),
                    key + " is no regular expression: " + e.getMessage(),
                    "give a list of the modules' endings",
                    e);
        }
    }

    /** Those of them that multiply by a weight. */
    static List<Linear> linear(Collection<Site> sites) {
        return sites.stream().filter(Linear.class::isInstance).map(Linear.class::cast).toList();
    }

    /** The same sites as a method's targets. */
    static Targets targets(List<Linear> chosen, Outline base) {
        int blocks = base.model().blocks();
        int lowest = chosen.stream().mapToInt(s -> base.model().depth(s.name())).min().orElse(1);
        List<String> all =
                base.sites().values().stream()
                        .filter(s -> s instanceof Linear && base.model().depth(s.name()) >= lowest)
                        .map(Site::name)
                        .toList();
        List<String> names = chosen.stream().map(Linear::name).toList();
        String glob =
                names.size() == all.size()
                        ? "*"
                        : PeftNames.endings(names, all)
                                .map(e -> "*." + String.join("|*.", e))
                                .orElse(String.join("|", names));
        return Targets.named(glob).last(lowest == 1 ? 0 : blocks - lowest + 1);
    }
}
