package tunebook.study;

import java.util.ArrayList;
import java.util.List;
import tunebook.data.Truncation;
import tunebook.task.Part;
import tunebook.train.Ending;
import tunebook.train.Prefixes;

/** What to keep in mind about a study's data and runs, in words. */
final class Cautions {
    private Cautions() {}

    /** Everything, or nothing where all is well. */
    static String of(Study study, List<Part> parts, Prefixes prefixes, List<RunResult> results) {
        List<String> all = new ArrayList<>(study.data().warnings());
        all.add(truncation(study, parts));
        all.add(prefixes.caution());
        results.stream()
                .filter(r -> r.status() == Ending.FINISHED && !r.message().isEmpty())
                .map(r -> r.recipe() + ": " + r.message())
                .distinct()
                .forEach(all::add);
        all.removeIf(String::isEmpty);
        return String.join("; ", all);
    }

    private static String truncation(Study study, List<Part> parts) {
        Truncation all =
                parts.stream()
                        .map(part -> part.batches().truncation())
                        .reduce(Truncation::plus)
                        .orElseThrow();
        return all.texts() == 0
                ? ""
                : all.texts()
                        + " texts were cut to "
                        + study.textTokens()
                        + " tokens ("
                        + all.tokens()
                        + " tokens lost)";
    }
}
