package tunebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.cli.KernelCommand;
import tunebook.data.Benchmarks;
import tunebook.notebook.NotebookRunner;
import tunebook.notebook.NotebookRunner.Run;
import tunebook.study.Forecast;
import tunebook.study.Result;
import tunebook.study.Search;
import tunebook.study.VerdictText;
import tunebook.support.Shared;
import tunebook.train.Prediction;

/** The notebooks that come with the project, every cell of them, at a smaller size. */
class ShippedNotebooksTest {
    @TempDir Path folder;

    @Test
    void theQuickstartRuns() throws Exception {
        List<Run> runs = run("quickstart");
        assertEquals(1, values(runs, Prediction.class).size(), "one prediction");
        assertEquals(true, Files.exists(folder.resolve("quickstart.json")), "its JSON is written");
    }

    @Test
    void everyMethodRuns() throws Exception {
        List<Run> runs =
                run("every-method", "searchRates(2, 0.1, 0.3, 1, 3, 10)", "searchRates(1, 1)");
        assertEquals(23, values(runs, Search.class).get(0).trials().size(), "recipes searched");
        assertEquals(23, values(runs, Table.class).get(0).rowCount(), "recipes compared");
    }

    @Test
    void entitiesAreFound() throws Exception {
        assertEquals(List.of(4), compared(run("entities"), 1));
    }

    @Test
    void answersAreLookedFor() throws Exception {
        assertEquals(List.of(2), compared(run("answers"), 1));
    }

    @Test
    void picturesAreToldApart() throws Exception {
        assertEquals(List.of(3), compared(run("pictures", ".each(40)", ".each(10)"), 1));
    }

    @Test
    void domainsStandSideBySide() throws Exception {
        List<Run> runs = run("domains");
        assertEquals(List.of(6, 6, 6, 6), compared(runs, 3));
    }

    @Test
    void aMannerIsLearned() throws Exception {
        List<Run> runs = run("style", "0.15, 0.15)", "0.15, 0.15).sample(12)");
        assertEquals(List.of(4, 4), compared(runs, 1));
    }

    @Test
    void ownRowsAreRead() throws Exception {
        List<Run> runs = run("your-own-csv");
        assertEquals(List.of(6), compared(runs, 1));
        assertEquals(4, values(runs, Forecast.class).get(0).table().rowCount());
    }

    /** Its cells of Java; those of Python fetch, build and start what this test already is. */
    @Test
    void theCellsOfJavaForColabRun() throws Exception {
        String full = Files.readString(Path.of("colab", "tunebook.ipynb"));
        JsonObject notebook = JsonParser.parseString(full).getAsJsonObject();
        JsonArray java = new JsonArray();
        for (JsonElement cell : notebook.getAsJsonArray("cells")) {
            JsonArray lines = cell.getAsJsonObject().getAsJsonArray("source");
            if (!lines.get(0).getAsString().equals("%%java\n")) continue;
            lines.remove(0);
            java.add(cell);
        }
        notebook.add("cells", java);
        List<Run> runs =
                runSmall(
                        "tunebook",
                        notebook.toString(),
                        "study.run()",
                        "study.store(Path.of(\\\"" + folder + "/runs.db\\\")).run()");
        assertEquals(3, runs.size(), "cells of Java");
        assertEquals(List.of(5), compared(runs, 1));
    }

    /** Rows of the tables of recipes, of a notebook with so many verdicts. */
    private static List<Integer> compared(List<Run> runs, int verdicts) {
        assertEquals(verdicts, values(runs, VerdictText.class).size(), "verdicts");
        return values(runs, Table.class).stream()
                .filter(t -> t.columnNames().contains("recipe"))
                .map(Table::rowCount)
                .toList();
    }

    @Test
    void theComparisonOnPublicDataRuns() throws Exception {
        Path data = Shared.path("data/text-classification");
        String here =
                "new "
                        + Benchmarks.class.getName()
                        + "(Path.of(\\\""
                        + data
                        + "\\\"), Path.of(\\\""
                        + folder
                        + "\\\"))";
        List<Run> runs = run("real-sentiment", "benchmarks()", here);
        List<Result> results = values(runs, Result.class);
        assertEquals(2, results.size(), "one for each data set");
        for (Result result : results)
            assertEquals(5, result.table().rowCount(), "recipes compared");
    }

    @Test
    void whatTheBackbonesKnowIsShown() throws Exception {
        List<Run> runs = run("backbones", ".each(40)", ".each(20)");
        List<Double> apart = values(runs, Double.class);
        assertEquals(6, apart.size(), "three backbones and their controls");
        assertTrue(apart.get(0) > apart.get(1), "reviews " + apart);
        assertTrue(apart.get(2) < apart.get(3), "perplexity in order and in none " + apart);
        assertTrue(apart.get(4) > 3 * apart.get(5), "chalk " + apart);
    }

    private List<Run> run(String name) throws Exception {
        return run(name, "", "");
    }

    /** One seed, one epoch, texts of eight tokens, stores and results in the test's folder. */
    private List<Run> run(String name, String from, String to) throws Exception {
        String full = Files.readString(Path.of("notebooks", name + ".ipynb"));
        return runSmall(name, full, from, to);
    }

    private List<Run> runSmall(String name, String full, String from, String to) throws Exception {
        String small =
                full.replaceAll("\\.seeds\\(\\d+\\)", ".seeds(1)")
                        .replaceAll("\\.epochs\\(\\d+\\)", ".epochs(1)")
                        .replace(".limit(64)", ".limit(8)")
                        .replace("../target", folder.toString())
                        .replace("../datasets", "datasets")
                        .replace(from, to);
        assertNotEquals(full, small);
        Path copy = Files.writeString(folder.resolve(name + ".ipynb"), small);
        return NotebookRunner.run(copy, KernelCommand.imports());
    }

    private static <T> List<T> values(List<Run> runs, Class<T> type) {
        return runs.stream().map(Run::value).filter(type::isInstance).map(type::cast).toList();
    }
}
