package tunebook.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.data.Bio;
import tunebook.data.Dataset;
import tunebook.data.EntityExample;
import tunebook.data.Kind;
import tunebook.stats.Mark;
import tunebook.task.EntityMetrics;

/**
 * Test sentences whose entities a run got wrong, truth beside prediction; those with most wrong
 * entities first, of equals in the order of the data.
 *
 * @param recipe of the run
 * @param seed of the run
 * @param tested how many sentences there are, right ones among them
 * @param types every type, in the order of the data's labels
 * @param sentences with at least one wrong entity
 */
public record WrongEntities(
        String recipe, long seed, int tested, List<String> types, List<Sentence> sentences) {
    /** Keeps its own copies. */
    public WrongEntities {
        types = List.copyOf(types);
        sentences = List.copyOf(sentences);
    }

    /**
     * A sentence.
     *
     * @param id its name in the data
     * @param truth true entities
     * @param predicted predicted ones
     */
    public record Sentence(
            String id, List<String> words, List<Bio.Span> truth, List<Bio.Span> predicted) {
        /** True entities that were not predicted just so. */
        public List<Bio.Span> missed() {
            return without(truth, predicted);
        }

        /** Predicted entities that are not there just so. */
        public List<Bio.Span> invented() {
            return without(predicted, truth);
        }

        private static List<Bio.Span> without(List<Bio.Span> some, List<Bio.Span> others) {
            return some.stream().filter(span -> !others.contains(span)).toList();
        }

        private int wrong() {
            return missed().size() + invented().size();
        }
    }

    static WrongEntities of(Dataset<?> data, RunResult run) {
        if (data.kind() != Kind.ENTITIES) {
            throw new TunebookException(
                    "wrongEntities() of " + run.recipe(),
                    "its study is about " + data.kind().words(),
                    "ask the model of a study about entities");
        }
        List<Sentence> wrong = new ArrayList<>();
        for (int i = 0; i < run.marks().size(); i++) {
            EntityExample example = (EntityExample) data.test().get(i);
            Mark mark = run.marks().get(i);
            Sentence sentence =
                    new Sentence(
                            example.id(),
                            example.words(),
                            EntityMetrics.spans(mark.truth()),
                            EntityMetrics.spans(mark.prediction()));
            if (sentence.wrong() > 0) wrong.add(sentence);
        }
        wrong.sort(Comparator.comparingInt(Sentence::wrong).reversed());
        return new WrongEntities(
                run.recipe(), run.seed(), run.marks().size(), Bio.types(data.labels()), wrong);
    }

    /** What it is about, in a line. */
    public String title() {
        return recipe
                + ", seed "
                + seed
                + ": wrong entities in "
                + sentences.size()
                + " of "
                + Figures.count(tested, "test sentence");
    }

    /** A row for each sentence: how many entities are wrong, those missed, those not there. */
    public Table table() {
        return Table.create(title())
                .addColumns(
                        StringColumn.create("sentence", sentences.stream().map(Sentence::id)),
                        IntColumn.create("wrong", sentences.stream().mapToInt(Sentence::wrong)),
                        StringColumn.create(
                                "missed", sentences.stream().map(s -> words(s, s.missed()))),
                        StringColumn.create(
                                "not there", sentences.stream().map(s -> words(s, s.invented()))),
                        StringColumn.create(
                                "text", sentences.stream().map(s -> String.join(" ", s.words()))));
    }

    private static String words(Sentence sentence, List<Bio.Span> spans) {
        return spans.stream()
                .map(
                        s ->
                                s.type()
                                        + ": "
                                        + String.join(
                                                " ", sentence.words().subList(s.from(), s.end())))
                .collect(Collectors.joining("; "));
    }
}
