package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tunebook.Tunebook;
import tunebook.model.Backbone;
import tunebook.support.Tiny;

class PlanTableTest {
    private static final Backbone TINY = Tiny.backbone(0);

    @Test
    void saysWhatLearnsWhatIsAddedAndHowMany() {
        Table table =
                Tunebook.describe(
                        Tunebook.partial().last(1).and(Tunebook.lora(2).on("*.0.*query")), TINY);
        assertEquals(4, table.rowCount());
        row(table.row(0), "embedding", "–", "–", 0);
        row(table.row(1), "block 0", "–", "lora_A.weight, lora_B.weight", 2 * 32);
        row(table.row(2), "block 1", "everything", "–", 16 * 17 * 4 + 32 * 17 + 16 * 33 + 4 * 16);
        row(table.row(3), "head", "everything", "–", 16 * 17 + 2 * 17);
        assertTrue(table.name().startsWith("partial last 1 + LoRA r2 on tiny: "), table.name());
        assertTrue(table.name().endsWith("cached below block 0"), table.name());
    }

    @Test
    void manyNamesAreCounted() {
        Table table = Tunebook.describe(Tunebook.bitFit(), TINY);
        row(
                table.row(1),
                "block 0",
                "attention.output.LayerNorm.bias, attention.output.dense.bias,"
                        + " attention.self.key.bias, attention.self.query.bias,"
                        + " attention.self.value.bias, intermediate.dense.bias and 2 more",
                "–",
                16 * 7 + 32);
        assertTrue(table.name().endsWith("nothing below can be cached"), table.name());
    }

    private static void row(Row row, String part, String learns, String added, long parameters) {
        assertEquals(part, row.getString("part"));
        assertEquals(learns, row.getString("learns"));
        assertEquals(added, row.getString("added"));
        assertEquals(parameters, row.getLong("parameters that learn"));
    }
}
