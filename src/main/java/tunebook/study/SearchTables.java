package tunebook.study;

import java.util.List;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.study.Search.Trial;

/** A search's tables. */
final class SearchTables {
    private SearchTables() {}

    static Table trials(Search search) {
        List<Trial> trials = search.trials();
        Metric metric = trials.get(0).metric();
        DoubleColumn score = numbers("validation " + metric.words(), "0.000", trials, Trial::score);
        score.setPrintFormatter(Figures.format(metric), "–");
        Table table =
                Table.create("Tried for each recipe")
                        .addColumns(
                                StringColumn.create("recipe", trials.stream().map(Trial::recipe)));
        if (trials.stream().anyMatch(t -> hasOtherForm(t, trials)))
            table.addColumns(StringColumn.create("form", trials.stream().map(Trial::form)));
        return table.addColumns(
                numbers("rate", "0.0E0", trials, Trial::rate),
                IntColumn.create("epochs", trials.stream().mapToInt(Trial::epochs)),
                IntColumn.create("seeds", trials.stream().mapToInt(Trial::seeds)),
                score,
                numbers("validation loss", "0.000", trials, Trial::loss),
                numbers("seconds", "0.0", trials, Trial::seconds),
                taken(search),
                StringColumn.create(
                        "edge",
                        trials.stream()
                                .map(t -> isTaken(search, t) ? search.edge(t.recipe()) : "")));
    }

    private static boolean hasOtherForm(Trial trial, List<Trial> trials) {
        return trials.stream()
                .anyMatch(t -> t.recipe().equals(trial.recipe()) && !t.form().equals(trial.form()));
    }

    private static BooleanColumn taken(Search search) {
        BooleanColumn taken = BooleanColumn.create("taken");
        for (Trial trial : search.trials()) taken.append(isTaken(search, trial));
        return taken;
    }

    private static boolean isTaken(Search search, Trial trial) {
        return trial.equals(search.best(trial.recipe()));
    }

    static Table cost(Search search) {
        List<Trial> best =
                search.searched().recipes().stream().map(Recipe::name).map(search::best).toList();
        DoubleColumn score =
                numbers("validation " + best.get(0).metric().words(), "0.000", best, Trial::score);
        score.setPrintFormatter(Figures.format(best.get(0).metric()), "–");
        return Table.create("What the search cost")
                .addColumns(
                        StringColumn.create("recipe", best.stream().map(Trial::recipe)),
                        StringColumn.create("form", best.stream().map(Trial::form)),
                        numbers("rate", "0.0E0", best, Trial::rate),
                        StringColumn.create(
                                "edge", best.stream().map(t -> search.edge(t.recipe()))),
                        score,
                        numbers("runs", "0", best, t -> sum(search, t, Trial::seeds)),
                        numbers(
                                "epochs",
                                "0",
                                best,
                                t -> sum(search, t, x -> (double) x.seeds() * x.epochs())),
                        numbers("seconds", "0.0", best, t -> sum(search, t, Trial::seconds)));
    }

    private static double sum(Search search, Trial of, ToDoubleFunction<Trial> what) {
        return search.trials().stream()
                .filter(t -> t.recipe().equals(of.recipe()))
                .mapToDouble(what)
                .sum();
    }

    private static DoubleColumn numbers(
            String name, String pattern, List<Trial> trials, ToDoubleFunction<Trial> value) {
        DoubleColumn column =
                DoubleColumn.create(name, trials.stream().mapToDouble(value).toArray());
        column.setPrintFormatter(Figures.format(pattern), "–");
        return column;
    }
}
