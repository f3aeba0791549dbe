package tunebook.adapter;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tunebook.core.Decorator;
import tunebook.cost.Counter;
import tunebook.model.Outline;
import tunebook.model.Programs;

/** What PEFT calls modules in a configuration: endings, or one regular expression. */
final class PeftNames {
    private static final Pattern NUMBERED = Pattern.compile("(.*?\\.)(\\d+)(\\..*)");

    private PeftNames() {}

    /** Every module that an ending may name by mistake, the head's included. */
    static List<String> all(Outline base) {
        Programs programs =
                new Programs(base.model(), base.model().classifier(2), Decorator.NONE, 0);
        return List.copyOf(
                Counter.scan(programs.logits(), base.model().example(), 0).sites().keySet());
    }

    /** A field that names these modules and none of the others: endings where there are such. */
    static JsonElement field(Collection<String> wanted, Collection<String> all) {
        return endings(wanted, all)
                .map(endings -> new Gson().toJsonTree(endings))
                .orElseGet(() -> new JsonPrimitive(regex(wanted)));
    }

    /** Endings without a block's number that these names have and none of the others. */
    static Optional<Set<String>> endings(Collection<String> wanted, Collection<String> all) {
        Set<String> endings = new LinkedHashSet<>();
        for (String name : wanted) {
            Optional<String> ending =
                    candidates(name).stream()
                            .filter(
                                    e ->
                                            all.stream()
                                                    .filter(n -> ends(n, e))
                                                    .allMatch(wanted::contains))
                            .findFirst();
            if (ending.isEmpty()) return Optional.empty();
            endings.add(ending.get());
        }
        return Optional.of(endings);
    }

    /** Whether a module has an ending. */
    static boolean ends(String module, String ending) {
        return module.equals(ending) || module.endsWith("." + ending);
    }

    private static List<String> candidates(String name) {
        List<String> candidates = new ArrayList<>();
        String unnumbered = name.replaceFirst(".*\\.\\d+\\.", "");
        for (int dot = unnumbered.length(); dot >= 0; ) {
            dot = unnumbered.lastIndexOf('.', dot - 1);
            candidates.add(unnumbered.substring(dot + 1));
        }
        return candidates;
    }

    /** A regular expression that matches exactly these names. */
    static String regex(Collection<String> names) {
        Map<String, List<String>> numbers = new TreeMap<>();
        for (String name : names) {
            Matcher parts = NUMBERED.matcher(name);
            boolean numbered = parts.matches();
            String form = numbered ? parts.group(1) + "(#)" + parts.group(3) : name;
            numbers.computeIfAbsent(form.replace(".", "\\."), f -> new ArrayList<>())
                    .add(numbered ? parts.group(2) : "");
        }
        return numbers.entrySet().stream()
                .map(e -> e.getKey().replace("#", String.join("|", e.getValue())))
                .collect(Collectors.joining("|"));
    }
}
