package tunebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program for jbang, compiled and run by Java alone, at a smaller size. */
class JbangTest {
    private static final Path PROGRAM = Path.of("jbang", "Compare.java");

    @Test
    void itPrintsATableAndAVerdict(@TempDir Path folder) throws Exception {
        String full = Files.readString(PROGRAM);
        String small = full.replace(".seeds(3)", ".seeds(1)").replace(".epochs(5)", ".epochs(1)");
        assertNotEquals(full, small);
        Files.writeString(folder.resolve("Compare.java"), small);
        Path out = folder.resolve("out.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options(full));
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, "Compare.java"));
        Path data = Path.of("datasets", "bank-messages.csv").toAbsolutePath();
        command.addAll(List.of(data.toString(), "message", "intent"));
        int status =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start()
                        .waitFor();
        String printed = Files.readString(out);
        assertEquals(0, status, printed);
        for (String recipe : List.of("from scratch", "partial last 1", "LoRA r8", "full")) {
            assertTrue(printed.contains(" " + recipe + " "), printed);
        }
        assertTrue(printed.contains(" has the highest mean accuracy: "), printed);
    }

    @Test
    void itAsksForThisVersion() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = pom.replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
        assertTrue(
                Files.readAllLines(PROGRAM)
                        .contains("//DEPS io.github.tunebook:tunebook:" + version),
                version);
    }

    private static List<String> options(String program) {
        return program.lines()
                .filter(line -> line.startsWith("//RUNTIME_OPTIONS "))
                .flatMap(line -> Stream.of(line.split(" ", -1)).skip(1))
                .toList();
    }
}
