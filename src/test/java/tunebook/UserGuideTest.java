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
import tunebook.train.Prediction;
import tunebook.train.Tagged;

/** Every line of Java in the README runs as it stands, at a smaller size. */
class UserGuideTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theReadmesStudyRuns(@TempDir Path folder) throws Exception {
        Matcher block = JAVA.matcher(Files.readString(Path.of("README.md")));
        List<Object> values = new ArrayList<>();
        try (Cells cells = new Cells(KernelCommand.imports())) {
            while (block.find()) {
                values.add(cells.eval(small(block.group(1), folder)));
            }
        }
        assertEquals(4, values.size(), "blocks of Java in the README");
        assertEquals(5, ((Table) values.get(2)).rowCount(), "recipes and controls");
        Tagged tagged = (Tagged) values.get(3);
        assertTrue(tagged.text().contains("warfarin"), tagged::toString);
        Prediction prediction = (Prediction) values.get(1);
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
                !small.equals(code),
                "the README's study has other seeds or epochs than this test makes smaller");
        return small.strip().replaceAll(";$", "");
    }
}
