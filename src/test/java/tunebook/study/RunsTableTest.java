package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Full;
import tunebook.train.Ending;
import tunebook.view.Csv;

class RunsTableTest {
    private static final List<RunResult> RUNS =
            List.of(
                    Runs.finished("full", 1, 0.9, 30),
                    Runs.silent("full", 2, Ending.DIVERGED),
                    Runs.finished("majority", 1, 0.5, 30));

    private static Table table() {
        Study study =
                Study.of("?", Nd4jEngine::new).recipes(new Full().learningRate(2e-4).named("full"));
        return Runs.result(study, Comparison.of(RUNS, Runs.CLASSES)).runs();
    }

    @Test
    void eachRunHasARowWithItsFigures() {
        Table runs = table();
        assertEquals("Runs, tested on 30 test examples", runs.name());
        assertEquals(
                List.of(
                        "recipe",
                        "seed",
                        "rate",
                        "ended",
                        "accuracy",
                        "macro-F1",
                        "validation accuracy",
                        "seconds",
                        "trainable",
                        "peak MiB",
                        "device",
                        "message"),
                runs.columnNames());
        for (int i = 0; i < RUNS.size(); i++) {
            assertEquals(RUNS.get(i).recipe(), runs.stringColumn("recipe").get(i));
            assertEquals(RUNS.get(i).seed(), runs.longColumn("seed").get(i));
            if (i == 1) assertTrue(runs.doubleColumn("accuracy").isMissing(i));
            else assertEquals(RUNS.get(i).score(), runs.doubleColumn("accuracy").get(i));
            assertEquals(RUNS.get(i).seconds(), runs.doubleColumn("seconds").get(i));
            assertEquals(RUNS.get(i).trainable(), runs.longColumn("trainable").get(i));
        }
        assertEquals(2e-4, runs.doubleColumn("rate").get(0));
        assertEquals("DIVERGED", runs.stringColumn("ended").get(1));
    }

    @Test
    void asCsvItIsUnroundedAndBlankWhereNothingIs() {
        String[] lines = Csv.table(table()).split("\r?\n", -1);
        assertTrue(lines[1].startsWith("full,1,2.0E-4,FINISHED," + RUNS.get(0).score()), lines[1]);
        assertTrue(lines[2].startsWith("full,2,2.0E-4,DIVERGED,,,0.8,"), lines[2]);
        assertTrue(lines[3].startsWith("majority,1,,FINISHED,"), "a control has no rate");
    }
}
