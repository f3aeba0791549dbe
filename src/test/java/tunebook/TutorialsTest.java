package tunebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.cli.KernelCommand;
import tunebook.course.Checked;
import tunebook.notebook.NotebookRunner;
import tunebook.notebook.NotebookRunner.Run;

/** Every lesson at a smaller size: its experiment once, then its check on several answers. */
class TutorialsTest {
    private static final Path LESSONS = Path.of("tutorials");
    private static final Path WRONG = Path.of("src/test/resources/tutorials");

    @TempDir Path folder;

    static Stream<String> lessons() throws IOException {
        return files(LESSONS, ".ipynb").map(name -> name.replace(".ipynb", ""));
    }

    private static Stream<String> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void theCheckTellsTheSolutionFromTheBlankAndFromWrongOnes(String name) throws Exception {
        List<Checked> checked = checked(name);
        assertEquals(
                List.of(false, false, false, true),
                checked.stream().map(Checked::passed).toList(),
                checked::toString);
        assertEquals(
                4,
                checked.stream().map(Checked::words).distinct().count(),
                () -> "a hint for each mistake: " + checked);
        String passed = checked.get(3).words();
        assertTrue(
                Pattern.compile("^That is right\\. .*\\d").matcher(passed).find(),
                () -> "what came out, in figures: " + passed);
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void aLessonIsShippedBlankAndWithoutOutputs(String name) throws IOException {
        JsonArray cells = cells(Files.readString(LESSONS.resolve(name + ".ipynb")));
        assertEquals(1, exercises(cells), "exercises");
        for (JsonElement cell : cells) {
            JsonElement outputs = cell.getAsJsonObject().get("outputs");
            assertTrue(outputs == null || outputs.getAsJsonArray().isEmpty(), "no outputs");
        }
    }

    @Test
    void theIndexNamesEveryLesson() throws IOException {
        String index = Files.readString(LESSONS.resolve("README.md"));
        for (String name : lessons().toList()) assertTrue(index.contains(name + ".ipynb"), name);
        assertEquals(
                lessons().toList(),
                files(LESSONS.resolve("solutions"), ".java")
                        .map(file -> file.replace(".java", ""))
                        .toList(),
                "a solution for each lesson");
    }

    private static JsonArray cells(String notebook) {
        return JsonParser.parseString(notebook).getAsJsonObject().getAsJsonArray("cells");
    }

    private static long exercises(JsonArray cells) {
        return cells.asList().stream().filter(TutorialsTest::isExercise).count();
    }

    private static boolean isExercise(JsonElement cell) {
        JsonElement tags = cell.getAsJsonObject().getAsJsonObject("metadata").get("tags");
        return tags != null && tags.toString().contains("\"exercise\"");
    }

    /** What the check says of the blank, of both wrong answers and of the solution. */
    private List<Checked> checked(String name) throws IOException {
        JsonObject notebook =
                JsonParser.parseString(
                                small(name, Files.readString(LESSONS.resolve(name + ".ipynb"))))
                        .getAsJsonObject();
        JsonArray cells = new JsonArray();
        JsonObject exercise = null;
        for (JsonElement cell : notebook.getAsJsonArray("cells")) {
            cells.add(cell);
            if (exercise != null) {
                for (String answer : answers(name)) {
                    JsonObject other = exercise.deepCopy();
                    other.addProperty("source", answer);
                    cells.add(other);
                    cells.add(cell);
                }
            }
            exercise = isExercise(cell) ? cell.getAsJsonObject() : null;
        }
        notebook.add("cells", cells);
        Path copy = Files.writeString(folder.resolve(name + ".ipynb"), notebook.toString());
        return NotebookRunner.run(copy, KernelCommand.imports()).stream()
                .map(Run::value)
                .filter(Checked.class::isInstance)
                .map(Checked.class::cast)
                .toList();
    }

    private List<String> answers(String name) throws IOException {
        return List.of(
                small(name, Files.readString(WRONG.resolve(name + "-1.java"))),
                small(name, Files.readString(WRONG.resolve(name + "-2.java"))),
                small(name, Files.readString(LESSONS.resolve("solutions/" + name + ".java"))));
    }

    /**
     * Two seeds and epochs, few examples, texts of eight tokens, one rate. What is to be forgotten
     * has to be learned first: that lesson has more.
     */
    private String small(String name, String full) {
        boolean forgets = name.contains("forgetting");
        return full.replace(".seeds(120)", ".seeds(20)")
                .replaceAll("\\.seeds\\(\\d\\)", ".seeds(2)")
                .replaceAll("\\.epochs\\(\\d+\\)", forgets ? ".epochs(5)" : ".epochs(2)")
                .replaceAll("\\.each\\(\\d+\\)", forgets ? ".each(16)" : ".each(8)")
                .replaceAll("\\.sample\\(\\d+\\)", ".sample(10)")
                .replaceAll("\\.limit\\(\\d+\\)", ".limit(8)")
                .replaceAll("searchRates\\([^)]*\\)", "searchRates(1, 1)")
                .replace("sizes(16, 64, 256)", "sizes(10)")
                .replace("../target", folder.toString())
                .replace("../datasets", "datasets");
    }
}
