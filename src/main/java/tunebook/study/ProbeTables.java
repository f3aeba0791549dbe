package tunebook.study;

import java.util.List;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.Engine;
import tunebook.data.Batches;
import tunebook.data.Dataset;
import tunebook.model.Backbone;
import tunebook.model.TextInput;
import tunebook.task.Task;
import tunebook.train.Probes;
import tunebook.train.Probes.Guess;

/** What a backbone has learned before anybody tunes it, as tables. */
public final class ProbeTables {
    private static final int GUESSES = 8;

    private ProbeTables() {}

    /** The most probable tokens at a text's first {@code [MASK]}. */
    public static Table masked(Engine engine, Backbone backbone, String text) {
        List<Guess> guesses = with(engine, backbone, probes -> probes.masked(text, GUESSES));
        return table(text, guesses, "probability", "0.0%");
    }

    /** The tokens whose vectors are nearest to a word's. */
    public static Table nearest(Engine engine, Backbone backbone, String word) {
        List<Guess> guesses = with(engine, backbone, probes -> probes.nearest(word, GUESSES));
        return table("Nearest to " + word, guesses, "cosine", "0.00");
    }

    /** Share of a data set's test examples whose nearest class mean is that of their own class. */
    public static double separation(Engine engine, Backbone backbone, Dataset<?> data) {
        int limit = backbone.model().reads().map(TextInput::positions).orElse(Integer.MAX_VALUE);
        Task task = Task.of(data);
        Batches train = task.train(backbone, limit).batches();
        Batches test = task.test(backbone, limit).batches();
        return with(engine, backbone, probes -> probes.separation(train, test));
    }

    private static <R> R with(Engine engine, Backbone backbone, Function<Probes, R> question) {
        try (Probes probes = new Probes(engine, backbone)) {
            return question.apply(probes);
        }
    }

    private static Table table(String name, List<Guess> guesses, String value, String pattern) {
        DoubleColumn values =
                DoubleColumn.create(value, guesses.stream().mapToDouble(Guess::value).toArray());
        values.setPrintFormatter(Figures.format(pattern), "–");
        return Table.create(name)
                .addColumns(
                        StringColumn.create("token", guesses.stream().map(Guess::token)), values);
    }
}
