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

    /** The cases of these names, in the order of the table; all where there are no names. */
    static List<Case> chosen(String... names) {
        if (names.length == 0) return all();
        for (String name : names) named(name);
        List<Case> chosen = new ArrayList<>(all());
        chosen.removeIf(c -> !Arrays.asList(names).contains(c.name()));
        return chosen;
    }

    static Case named(String name) {
        List<String> names = all().stream().map(Case::name).toList();
        return all().stream()
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
