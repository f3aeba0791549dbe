package tunebook.study;

import java.util.ArrayList;
import java.util.List;
import tunebook.data.Truncation;
import tunebook.task.Part;
import tunebook.train.Ending;
import tunebook.train.Prefixes;

/**
 * What to keep in mind about a study's data and runs.
 *
 * @param cut what of all texts was beyond the limit
 * @param words everything, or nothing where all is well
 */
public record Cautions(Truncation cut, String words) {
    static Cautions of(Study study, List<Part> parts, Prefixes prefixes, List<RunResult> results) {
        Truncation cut =
                parts.stream()
                        .map(part -> part.batches().truncation())
                        .reduce(Truncation.NONE, Truncation::plus);
        List<String> all = new ArrayList<>(study.data().warnings());
        if (cut.texts() > 0)
            all.add(
                    cut.texts()
                            + " texts were cut to "
                            + study.textTokens()
                            + " tokens ("
                            + cut.tokens()
                            + " tokens lost)");
        all.add(prefixes.caution());
        results.stream()
                .filter(r -> r.status() == Ending.FINISHED && !r.message().isEmpty())
                .map(r -> r.recipe() + ": " + r.message())
                .distinct()
                .forEach(all::add);
        all.removeIf(String::isEmpty);
        return new Cautions(cut, String.join("; ", all));
    }
}
