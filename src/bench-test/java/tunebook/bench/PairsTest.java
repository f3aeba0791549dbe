package tunebook.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import tunebook.bench.work.Report;

class PairsTest {
    private static Case over(Goal goal, Case.Terms terms) {
        return new Case(
                "some-case",
                "s/unit",
                goal,
                Side.tunebook(() -> null),
                Side.djl(() -> null),
                terms);
    }

    private static Row row(Goal goal, Case.Terms terms, double... values) {
        Pairs pairs = new Pairs(over(goal, terms));
        for (double value : values) pairs.add(new Report(value, 0.5), new Report(2, 0.5));
        return pairs.row();
    }

    @Test
    void theRatioIsTheMedianOfPairsNotOfSides() {
        Pairs pairs = new Pairs(over(Goal.atMost(1), Case.Terms.USUAL));
        pairs.add(new Report(1, 0.5), new Report(4, 0.5));
        pairs.add(new Report(2, 0.5), new Report(2, 0.5));
        pairs.add(new Report(9, 0.5), new Report(3, 0.5));
        Row row = pairs.row();
        assertEquals(1, row.ratio());
        assertEquals(0.25, row.low());
        assertEquals(3, row.high());
        assertEquals(2, row.tunebook());
        assertEquals(3, row.peer());
        assertEquals(3, row.pairs());
    }

    @Test
    void theStatusSaysWhetherTheGoalWasMet() {
        assertEquals("met", row(Goal.atMost(0.5), Case.Terms.USUAL, 1).status());
        assertEquals("missed", row(Goal.atMost(0.4), Case.Terms.USUAL, 1).status());
        assertEquals("measured", row(Goal.NONE, Case.Terms.USUAL, 1).status());
        assertFalse(row(Goal.atMost(0.4), Case.Terms.USUAL, 1).failed());
    }

    @Test
    void onePairThatLearnedOtherwiseFailsTheCase() {
        Pairs pairs = new Pairs(over(Goal.atMost(1), Case.Terms.USUAL));
        pairs.add(new Report(1, 0.5), new Report(2, 0.5));
        pairs.add(new Report(1, 0.6), new Report(2, 0.5));
        pairs.add(new Report(1, 0.5), new Report(2, 0.5));
        assertTrue(pairs.row().failed());
        assertEquals("FAILED: in pair 2 loss 0: 0.6 here, 0.5 there", pairs.row().status());
    }

    @Test
    void jsonHasEveryFieldOfEveryCaseWithNullsWhereNothingWasMeasured() {
        Row measured = row(Goal.between(0.4, 0.6), Case.Terms.USUAL, 1);
        Row failed = Row.failed(over(Goal.NONE, Case.Terms.USUAL), "no reason");
        List<JsonObject> all =
                JsonParser.parseString(Row.json(List.of(measured, failed)))
                        .getAsJsonArray()
                        .asList()
                        .stream()
                        .map(e -> e.getAsJsonObject())
                        .toList();
        assertEquals(0.5, all.get(0).get("ratio").getAsDouble());
        assertEquals("0.4 to 0.6", all.get(0).get("goalWords").getAsString());
        assertEquals("DJL 0.36, libtorch 2.7.1", all.get(0).get("peerName").getAsString());
        assertEquals("FAILED: no reason", all.get(1).get("status").getAsString());
        assertTrue(all.get(1).get("ratio").isJsonNull());
        assertEquals(all.get(0).keySet(), all.get(1).keySet());
    }

    @Test
    void aLossThatIsNoNumberIsNullInJson() {
        Pairs pairs = new Pairs(over(Goal.NONE, Case.Terms.USUAL.unlike()));
        pairs.add(new Report(1), new Report(2, Double.NaN));
        assertTrue(Row.json(List.of(pairs.row())).contains("\"lossPeer\": null"));
    }
}
