package tunebook.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tunebook.core.Names;
import tunebook.core.TunebookException;

/** All cases, in the order of the table. */
final class Cases {
    private Cases() {}

    private static List<Case> all() {
        return Stream.of(
                        StepCases.all(),
                        FitCases.all(),
                        StudyCases.all(),
                        MemoryCases.all(),
                        NetworkCases.all(),
                        TextCases.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The cases of these names, in the order of the table; without names all of the CPU. */
    static List<Case> chosen(String... names) {
        return chosen(all(), names);
    }

    /** The same of a card. */
    static List<Case> chosenOfCard(String... names) {
        return chosen(GpuCases.all(), names);
    }

    private static List<Case> chosen(List<Case> from, String... names) {
        if (names.length == 0) return from;
        for (String name : names) named(from, name);
        List<Case> chosen = new ArrayList<>(from);
        chosen.removeIf(c -> !Arrays.asList(names).contains(c.name()));
        return chosen;
    }

    static Case named(String name) {
        return named(name.startsWith("gpu-") ? GpuCases.all() : all(), name);
    }

    private static Case named(List<Case> from, String name) {
        List<String> names = from.stream().map(Case::name).toList();
        return from.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TunebookException(
                                        "bench " + name,
                                        "there is no such case",
                                        Names.nearest(name, names)
                                                        .map(n -> "nearest is " + n + "; ")
                                                        .orElse("")
                                                + "cases: "
                                                + String.join(", ", names)));
    }
}
