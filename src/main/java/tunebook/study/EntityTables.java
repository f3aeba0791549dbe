package tunebook.study;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.task.EntityMetrics;
import tunebook.task.EntityMetrics.Counts;
import tunebook.train.Ending;

/** What the entities of a study come to, type by type. */
final class EntityTables {
    private EntityTables() {}

    static Table types(Comparison comparison, String recipe) {
        String where = "entityTypes(\"" + recipe + "\")";
        ComparisonTables.checkRecipe(where, comparison, recipe);
        if (comparison.ownMetric() != Metric.ENTITY_F1) {
            throw new TunebookException(
                    where, "the answers of this study are no entities", "look at result.table()");
        }
        List<Mark> marks =
                comparison.runs().stream()
                        .filter(r -> r.recipe().equals(recipe))
                        .filter(r -> r.status() != Ending.INTERRUPTED)
                        .flatMap(r -> r.marks().stream())
                        .toList();
        EntityMetrics metrics = EntityMetrics.of(marks);
        List<String> names =
                Stream.concat(metrics.types().keySet().stream(), Stream.of("all")).toList();
        List<Counts> counts =
                Stream.concat(metrics.types().values().stream(), Stream.of(metrics.all())).toList();
        return Table.create("Entities over all seeds: " + recipe)
                .addColumns(
                        StringColumn.create("type", names),
                        whole("there", counts, Counts::truth),
                        whole("predicted", counts, Counts::predicted),
                        whole("right", counts, Counts::right),
                        share("precision", counts, Counts::precision),
                        share("recall", counts, Counts::recall),
                        share("F1", counts, Counts::f1));
    }

    private static IntColumn whole(String name, List<Counts> rows, ToIntFunction<Counts> value) {
        return IntColumn.create(name, rows.stream().mapToInt(value));
    }

    private static DoubleColumn share(
            String name, List<Counts> rows, ToDoubleFunction<Counts> value) {
        DoubleColumn column = DoubleColumn.create(name, rows.stream().mapToDouble(value).toArray());
        column.setPrintFormatter(Figures.format("0.0%"), "–");
        return column;
    }
}
