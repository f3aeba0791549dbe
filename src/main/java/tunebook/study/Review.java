package tunebook.study;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Test examples that are worth a look, with what a model says of them.
 *
 * @param title what they are
 * @param answers in the order in which to look at them
 */
public record Review(String title, List<Answered> answers) {
    /** Keeps its own copy. */
    public Review {
        answers = List.copyOf(answers);
    }

    /** Those with the highest loss, the highest first. */
    static Review topLosses(String recipe, List<Answered> all, int most) {
        List<Answered> some =
                all.stream()
                        .sorted(Comparator.comparingDouble(Answered::loss).reversed())
                        .limit(most)
                        .toList();
        return new Review(recipe + ": test examples with the highest loss", some);
    }

    /** Wrong ones; those first whose true and predicted class are confused most often. */
    static Review mostConfused(String recipe, List<Answered> all, int most) {
        Map<String, Long> often =
                all.stream()
                        .filter(a -> !a.right())
                        .collect(Collectors.groupingBy(Review::pair, Collectors.counting()));
        List<Answered> some =
                all.stream()
                        .filter(a -> !a.right())
                        .sorted(
                                Comparator.comparingLong((Answered a) -> -often.get(pair(a)))
                                        .thenComparing(Review::pair)
                                        .thenComparing(a -> -a.loss()))
                        .limit(most)
                        .toList();
        long wrong = often.values().stream().mapToLong(Long::longValue).sum();
        return new Review(
                recipe
                        + ": "
                        + wrong
                        + " of "
                        + Figures.count(all.size(), "test example")
                        + " wrong, the classes that are confused most often first",
                some);
    }

    private static String pair(Answered a) {
        return a.example().answer() + " → " + a.prediction().label();
    }

    /** A row an example: true and predicted class, probability of the latter, loss in nats. */
    public Table table() {
        return Table.create(title)
                .addColumns(
                        text("id", a -> a.example().id()),
                        text("truth", a -> a.example().answer()),
                        text("prediction", a -> a.prediction().label()),
                        numbers("probability", "0.0%", a -> a.prediction().probability()),
                        numbers("loss", "0.000", Answered::loss),
                        text("content", a -> a.example().content()));
    }

    private StringColumn text(String name, Function<Answered, String> value) {
        return StringColumn.create(name, answers.stream().map(value));
    }

    private DoubleColumn numbers(String name, String form, ToDoubleFunction<Answered> value) {
        DoubleColumn column =
                DoubleColumn.create(name, answers.stream().mapToDouble(value).toArray());
        column.setPrintFormatter(Figures.format(form), "–");
        return column;
    }
}
