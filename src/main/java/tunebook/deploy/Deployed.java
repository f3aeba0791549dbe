package tunebook.deploy;

import java.nio.file.Path;
import java.util.List;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What was written for other programs.
 *
 * @param folder where it is
 * @param table of the graphs: size, worth on the test examples, speed
 * @param notes what is to be known of it, a sentence each
 */
public record Deployed(Path folder, Table table, List<String> notes) {
    /** Keeps its own copy of the notes. */
    public Deployed {
        notes = List.copyOf(notes);
    }

    /** The graphs, and what is to be known of them. */
    public List<Table> tables() {
        return List.of(
                table, Table.create("In " + folder, StringColumn.create("to be known", notes)));
    }

    @Override
    public String toString() {
        return table.print() + "\n" + String.join("\n", notes);
    }
}
