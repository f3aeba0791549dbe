package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.support.Tiny;
import tunebook.train.Phase;
import tunebook.train.Spent;

/** Where a study's seconds went. */
class ProfileTest {
    @TempDir Path folder;

    private Study study(int seeds) {
        Backbone tiny = Tiny.backbone(0.1);
        int words = tiny.tokenizer().vocabulary();
        Bert model = new Bert(3, 128, 4, 512, words, 32, 2, 1e-12, 0.1, Bert.Pooling.MEAN);
        return Study.of("which?", Nd4jEngine::new)
                .backbone(new Backbone("b", model, Tiny.weights(model, 7), tiny.tokenizer()))
                .data(Tiny.data(60, 60))
                .recipes(new Full(), new FeatureExtraction())
                .seeds(seeds)
                .epochs(2)
                .workers(1)
                .store(folder.resolve("runs.db"));
    }

    @Test
    void theSecondsOfARunGoIntoItsPhases() {
        Result result = study(2).run();
        for (RunResult run : result.comparison().runs()) {
            Spent spent = run.spent();
            double sum = 0;
            for (Phase phase : Phase.values()) {
                assertTrue(spent.in(phase) >= 0, run.recipe() + " " + phase);
                sum += spent.in(phase);
            }
            assertEquals(run.seconds(), sum, 1e-6 + 0.001 * run.seconds());
            assertTrue(spent.in(Phase.REST) < 0.2 * run.seconds() + 0.02, spent.toString());
            boolean full = run.recipe().equals("full");
            assertEquals(full, spent.in(Phase.PREFIX) == 0, spent.toString());
            if (full) {
                assertTrue(spent.in(Phase.BACKWARD) > 0.1 * spent.steps(), spent.toString());
                assertTrue(spent.in(Phase.FORWARD) > 0.1 * spent.steps(), spent.toString());
                assertTrue(spent.steps() > 0.4 * run.seconds(), spent.toString());
            }
        }
        Table table = result.profile();
        assertEquals(
                List.of(
                        "recipe",
                        "seconds",
                        "prefix",
                        "forward",
                        "backward",
                        "optimizer",
                        "evaluate",
                        "rest",
                        "share of peak"),
                table.columnNames());
        assertEquals(List.of("full", "feature extraction"), table.stringColumn(0).asList());
        double share = table.doubleColumn("share of peak").get(0);
        assertTrue(share > 0.02 && share < 1.2, table.print());
        assertTrue(
                table.name()
                        .matches(
                                "Seconds of a run \\(study \\d+\\.\\d, encoding \\d+\\.\\d\\d\\);"
                                        + " peak \\d+ GFLOP/s on CPU, \\d+ threads?"),
                table.name());

        Table each = result.profile("full");
        assertEquals(List.of(1L, 2L), each.longColumn("seed").asList());
        assertEquals(
                table.doubleColumn("backward").get(0), each.doubleColumn("backward").mean(), 1e-12);
        assertThrows(TunebookException.class, () -> result.profile("fool"));
    }

    @Test
    void aRunThatIsKnownHasTheProfileOfWhenItRanAndAnOldOneHasNone() throws Exception {
        List<RunResult> first = study(1).run().comparison().runs();
        Result again = study(1).run();
        assertEquals(first, again.comparison().runs());
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder + "/runs.db");
                var statement = connection.createStatement()) {
            statement.execute(
                    "DELETE FROM phases WHERE run ="
                            + " (SELECT id FROM runs WHERE recipe = 'feature extraction')");
            statement.execute("UPDATE runs SET flops = 0 WHERE recipe = 'feature extraction'");
        }
        Table table = study(1).run().profile();
        int row = table.stringColumn(0).asList().indexOf("feature extraction");
        assertTrue(table.doubleColumn("seconds").get(row) > 0);
        for (String column : List.of("prefix", "forward", "rest", "share of peak"))
            assertEquals("–", table.doubleColumn(column).getString(row), column);
        assertTrue(table.doubleColumn("forward").get(1 - row) > 0);
    }
}
