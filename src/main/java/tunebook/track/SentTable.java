package tunebook.track;

import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.study.RunResult;

/** What became of each run. */
final class SentTable {
    private final StringColumn recipe = StringColumn.create("recipe");
    private final LongColumn seed = LongColumn.create("seed");
    private final StringColumn status = StringColumn.create("status");
    private final StringColumn sent = StringColumn.create("sent");
    private final StringColumn place;

    /**
     * @param place what a run's place is called
     */
    SentTable(String place) {
        this.place = StringColumn.create(place);
    }

    void add(RunResult run, String at, boolean now) {
        recipe.append(run.recipe());
        seed.append(run.seed());
        status.append(run.status().name());
        sent.append(now ? "now" : "before");
        place.append(at);
    }

    Table table(String name) {
        return Table.create(name, recipe, seed, status, sent, place);
    }
}
