package tunebook.study;

import java.util.List;
import java.util.Map;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What is known of something, a row a fact. */
final class FactTable {
    private FactTable() {}

    /** The facts in their order. */
    static Table of(String title, List<Map.Entry<String, String>> facts) {
        return Table.create(
                title,
                StringColumn.create("what", facts.stream().map(Map.Entry::getKey)),
                StringColumn.create("value", facts.stream().map(Map.Entry::getValue)));
    }
}
