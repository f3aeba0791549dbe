package tunebook.study;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tunebook.data.Truncation;
import tunebook.train.Ending;

/**
 * What to keep in mind about a study's data and runs.
 *
 * @param cut what of all texts was beyond the limit
 * @param words everything, or nothing where all is well
 */
public record Cautions(Truncation cut, String words) {
    /**
     * @param room what found no room; empty where all did
     */
    static Cautions of(Prepared prepared, String room, List<RunResult> results) {
        Study study = prepared.study;
        Truncation cut =
                Stream.of(prepared.train, prepared.validation, prepared.test)
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
        all.add(room);
        results.stream()
                .filter(r -> r.status() == Ending.FINISHED && !r.message().isEmpty())
                .map(r -> r.recipe() + ": " + r.message())
                .distinct()
                .forEach(all::add);
        all.removeIf(String::isEmpty);
        return new Cautions(cut, String.join("; ", all));
    }
}
