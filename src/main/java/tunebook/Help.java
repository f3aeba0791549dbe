package tunebook;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.recipe.Recipe;
import tunebook.recipe.Setting;

/**
 * What there is to say, as {@code help()} and {@code help(lora(8))} show it.
 *
 * @param tables in their order
 */
public record Help(List<Table> tables) {
    /** Keeps its own copy. */
    public Help {
        tables = List.copyOf(tables);
    }

    /** Every word, a table for each group. */
    static Help words() {
        return new Help(Words.tables());
    }

    /** A recipe: what it does, the method's own settings, how it is trained. */
    static Help of(Recipe recipe) {
        List<Setting> about = new ArrayList<>();
        about.add(new Setting("name", recipe.name()));
        for (String word : recipe.method().calls()) about.add(new Setting(word, Words.line(word)));
        return new Help(
                List.of(
                        table(
                                "What it is",
                                Stream.concat(about.stream(), recipe.method().own().stream())
                                        .toList()),
                        table("How it is trained", recipe.settings().list())));
    }

    private static Table table(String title, List<Setting> settings) {
        return Table.create(
                title,
                StringColumn.create("what", settings.stream().map(Setting::name)),
                StringColumn.create("value", settings.stream().map(Setting::value)));
    }

    @Override
    public String toString() {
        return String.join("\n", tables.stream().map(Table::print).toList());
    }
}
