package tunebook.view;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.study.Progress;
import tunebook.study.Progress.Finished;

/** What the recipes reached so far, as a table. */
final class ProgressTable {
    private ProgressTable() {}

    static Table of(Progress progress) {
        StringColumn recipe = StringColumn.create("recipe");
        DoubleColumn accuracy = DoubleColumn.create("mean accuracy");
        IntColumn seeds = IntColumn.create("runs");
        accuracy.setPrintFormatter(
                new DecimalFormat("0.0%", DecimalFormatSymbols.getInstance(Locale.ROOT)), "–");
        for (Finished finished : progress.finished()) {
            recipe.append(finished.recipe());
            accuracy.append(finished.accuracy());
            seeds.append(finished.n());
        }
        return Table.create("So far").addColumns(recipe, accuracy, seeds);
    }
}
