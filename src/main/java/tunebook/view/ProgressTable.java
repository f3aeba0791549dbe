package tunebook.view;

import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.study.Figures;
import tunebook.study.Progress;
import tunebook.study.Progress.Finished;

/** What the recipes reached so far, as a table. */
final class ProgressTable {
    private ProgressTable() {}

    static Table of(Progress progress) {
        StringColumn recipe = StringColumn.create("recipe");
        DoubleColumn score = DoubleColumn.create("mean " + progress.metric().words());
        IntColumn seeds = IntColumn.create("runs");
        score.setPrintFormatter(Figures.format(progress.metric()), "–");
        for (Finished finished : progress.finished()) {
            recipe.append(finished.recipe());
            score.append(finished.score());
            seeds.append(finished.n());
        }
        boolean ended = progress.done() >= progress.total();
        return Table.create(ended ? "Runs by recipe" : "So far").addColumns(recipe, score, seeds);
    }
}
