package tunebook.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tunebook.core.TunebookException;

/**
 * Questions whose answers stand in a passage, from files in the layout of SQuAD v1.1. Immutable;
 * every call gives another.
 *
 * <p>An answer has to stand in its passage word for word at {@code answer_start}, counted in code
 * points or in UTF-16 units. Questions without an answer, as SQuAD v2 has them, are refused; {@link
 * #skipBad} leaves them out.
 *
 * @see <a href="https://arxiv.org/abs/1606.05250">Rajpurkar et al. 2016</a>
 */
public final class Squad {
    private final SquadFile file;
    private final long seed;
    private final boolean skipBad;

    private Squad(SquadFile file, long seed, boolean skipBad) {
        this.file = file;
        this.seed = seed;
        this.skipBad = skipBad;
    }

    /**
     * The questions of a file in UTF-8.
     *
     * @throws TunebookException if the file is missing, in another encoding, or no JSON with {@code
     *     data}
     */
    public static Squad read(Path file) {
        return new Squad(SquadFile.read(file), 1, false);
    }

    /** Splits differently; at first the seed is 1. */
    public Squad splitSeed(long seed) {
        return new Squad(file, seed, skipBad);
    }

    /**
     * Leaves out questions that are broken or have no answer instead of refusing them; {@link
     * Dataset#skipped} counts.
     */
    public Squad skipBad() {
        return new Squad(file, seed, true);
    }

    /**
     * Splits the questions at random into three parts. Questions on the same passage stay in the
     * same part.
     *
     * @param train share of questions to learn from
     * @param validation share of questions to choose by
     * @param test share of questions to compare by
     * @throws TunebookException if a question is broken, there are fewer than three passages, or
     *     the shares are not positive with sum 1
     */
    public Dataset<QuestionExample> split(double train, double validation, double test) {
        double[] shares = Split.checked(train, validation, test);
        Together together = new Together();
        return together.dataset(divided(together.questions(file), shares));
    }

    /**
     * Takes all questions to learn from, and those of two other files to choose and to compare by.
     *
     * @throws TunebookException if a question is broken or stands in two files
     */
    public Dataset<QuestionExample> parts(Path validation, Path test) {
        Together together = new Together();
        return together.dataset(
                List.of(
                        together.questions(file),
                        together.questions(SquadFile.read(validation)),
                        together.questions(SquadFile.read(test))));
    }

    /**
     * Takes a share of the passages with their questions to choose by, and the questions of another
     * file to compare by.
     *
     * @param validation share of the questions, between 0 and 1
     * @throws TunebookException if a question is broken or stands in both files
     */
    public Dataset<QuestionExample> parts(double validation, Path test) {
        double[] shares = Split.checked(1 - validation, validation);
        Together together = new Together();
        List<List<QuestionExample>> parts =
                new ArrayList<>(divided(together.questions(file), shares));
        parts.add(together.questions(SquadFile.read(test)));
        return together.dataset(parts);
    }

    private List<List<QuestionExample>> divided(List<QuestionExample> questions, double... shares) {
        long passages = questions.stream().map(QuestionExample::group).distinct().count();
        if (passages < shares.length) {
            throw new TunebookException(
                    file.name(),
                    "has questions on "
                            + passages
                            + " different passages, too few for "
                            + shares.length
                            + " parts",
                    "give at least " + shares.length + " passages");
        }
        return new Split(seed)
                .parts(file.name(), questions, QuestionExample::group, q -> "", shares);
    }

    /** The files of one data set: bad questions counted, ids unique over all. */
    private final class Together {
        private final BadRows bad = new BadRows(skipBad);
        private final Map<String, String> names = new HashMap<>();

        List<QuestionExample> questions(SquadFile from) {
            from.broken().forEach(bad::add);
            List<QuestionExample> kept = new ArrayList<>();
            for (QuestionExample question : from.questions()) {
                String earlier = names.putIfAbsent(question.id(), from.name());
                if (earlier == null) {
                    kept.add(question);
                } else {
                    bad.add(
                            new TunebookException(
                                    from.name() + ", question " + question.id(),
                                    "stands in " + earlier + " too",
                                    "give each part questions of its own"));
                }
            }
            return List.copyOf(kept);
        }

        Dataset<QuestionExample> dataset(List<List<QuestionExample>> parts) {
            return Dataset.of(
                    file.name(),
                    Kind.ANSWERS,
                    List.of(),
                    parts,
                    (part, question) -> question,
                    seed,
                    bad.count());
        }
    }
}
