package tunebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.cli.KernelCommand;
import tunebook.notebook.Cells;
import tunebook.study.Matrix;
import tunebook.train.AttentionMap;
import tunebook.train.Prediction;
import tunebook.train.Tagged;

/** Every line of Java in the README and in the guide runs as it stands, at a smaller size. */
class UserGuideTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theReadmesStudyAndTheGuidesRun(@TempDir Path folder) throws Exception {
        Matcher block =
                JAVA.matcher(
                        Files.readString(Path.of("README.md"))
                                + Files.readString(Path.of("docs", "guide.md")));
        List<Object> values = new ArrayList<>();
        try (Cells cells = new Cells(KernelCommand.imports())) {
            while (block.find()) {
                values.add(cells.eval(small(block.group(1), folder)));
            }
        }
        assertEquals(8, values.size(), "blocks of Java in the README and the guide");
        assertEquals(5, ((Matrix) values.get(2)).recipes().size(), "recipes and controls");
        Tagged tagged = (Tagged) values.get(3);
        assertTrue(tagged.text().contains("warfarin"), tagged::toString);
        Prediction prediction = (Prediction) values.get(1);
        AttentionMap map = (AttentionMap) values.get(4);
        assertEquals("Attention of full, layer 2, head 0", map.title());
        Prediction served = (Prediction) values.get(5);
        assertEquals(prediction.probabilities().keySet(), served.probabilities().keySet());
        assertEquals(4, ((Table) values.get(6)).rowCount(), "Tunebook and three graphs");
        assertEquals(2, ((Table) values.get(7)).rowCount(), "recipes on Spark");
        assertEquals(
                1, prediction.probabilities().values().stream().mapToDouble(p -> p).sum(), 1e-9);
    }

    /** One seed, one epoch, a store of its own; the last line shows its value. */
    private static String small(String code, Path folder) {
        String small =
                code.replace(".seeds(5)", ".seeds(1)")
                        .replace(
                                ".epochs(5);",
                                ".epochs(1).store(Path.of(\"" + folder + "\", \"runs.db\"));");
        assertTrue(
                !small.equals(code) || !code.contains(".run()"),
                "this study has other seeds or epochs than the test makes smaller: " + code);
        return small.strip().replaceAll(";$", "");
    }
}
