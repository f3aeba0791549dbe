package tunebook.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Labels that may be meant as one: they differ only in case or in blanks. */
final class AlikeLabels {
    /** More of them nobody reads in a title. */
    private static final int LISTED = 3;

    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    private AlikeLabels() {}

    /** A sentence for each such label, at most three and how many more; nothing is merged. */
    static List<String> warnings(Dataset<?> data) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        for (String label : data.labels())
            alike.computeIfAbsent(plain(label), plain -> new ArrayList<>()).add(label);
        alike.values().removeIf(labels -> labels.size() == 1);
        if (alike.isEmpty()) return List.of();
        Map<String, Long> counts =
                Stream.of(data.train(), data.validation(), data.test())
                        .flatMap(List::stream)
                        .flatMap(example -> example.groups().stream())
                        .collect(Collectors.groupingBy(label -> label, Collectors.counting()));
        List<String> warnings = new ArrayList<>();
        alike.values().stream()
                .limit(LISTED)
                .forEach(labels -> warnings.add(question(labels, counts)));
        if (alike.size() > LISTED)
            warnings.add("and " + (alike.size() - LISTED) + " more labels written in several ways");
        return Collections.unmodifiableList(warnings);
    }

    private static String question(List<String> labels, Map<String, Long> counts) {
        return labels.stream()
                .map(label -> "\"" + label + "\" (" + counts.getOrDefault(label, 0L) + " examples)")
                .collect(
                        Collectors.joining(
                                " and ",
                                "are the labels ",
                                " one? They differ only in case or blanks, and count as "
                                        + labels.size()));
    }

    private static String plain(String label) {
        String seen = UNSEEN.matcher(label).replaceAll("");
        return BLANKS.matcher(seen).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }
}
