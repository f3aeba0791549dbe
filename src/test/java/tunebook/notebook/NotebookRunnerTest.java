package tunebook.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookRunnerTest {
    @TempDir Path folder;

    private Path notebook(String cells) throws Exception {
        Path file = folder.resolve("n.ipynb");
        Files.writeString(file, "{\"cells\": [" + cells + "]}");
        return file;
    }

    private static String code(String source) {
        return "{\"cell_type\": \"code\", \"source\": " + source + "}";
    }

    @Test
    void runsCodeCellsInOrder() throws Exception {
        Path file =
                notebook(
                        "{\"cell_type\": \"markdown\", \"source\": \"# x\"},"
                                + code("[\"int a = 1;\\n\", \"int b = 2;\"]")
                                + ","
                                + code("\"a + b\""));
        List<NotebookRunner.Run> runs = NotebookRunner.run(file, TunebookKernel.IMPORTS);
        assertEquals(List.of(1, 2), runs.stream().map(NotebookRunner.Run::index).toList());
        assertEquals(3, runs.get(1).value());
    }

    @Test
    void aFailingCellFailsByName() throws Exception {
        Path file = notebook(code("\"1\"") + "," + code("\"nothing()\""));
        AssertionError e =
                assertThrows(AssertionError.class, () -> NotebookRunner.run(file, List.of()));
        assertTrue(
                e.getMessage().startsWith(file + ", cell 1:\nline 1: cannot find symbol"),
                e.getMessage());
    }
}
