package tunebook.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.stats.Metric;
import tunebook.study.RunResult;
import tunebook.track.EventReader.Event;
import tunebook.train.CurvePoint;
import tunebook.train.Ending;

class TensorBoardTest {
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void theReadersChecksumIsCastagnolis() {
        assertEquals(0xe3069283, EventReader.crc("123456789".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void everyValueIsReadBackAtItsStep(@TempDir Path logs) throws IOException {
        RunResult run = Tracked.run("LoRA r8", 3);
        double before = System.currentTimeMillis() / 1e3;
        Table table = TensorBoard.write(Tracked.comparison(run), logs);
        double after = System.currentTimeMillis() / 1e3;

        assertEquals("LoRA r8-seed3", table.stringColumn("folder").get(0));
        Path file = files(logs).get(0);
        assertEquals(logs.resolve("LoRA r8-seed3"), file.getParent());
        assertTrue(
                file.getFileName().toString().matches("events\\.out\\.tfevents\\.\\d{10}\\..+"),
                file::toString);
        List<Event> events = EventReader.read(file);
        double time = events.get(0).time();
        assertTrue(before <= time && time <= after, time + " s");
        assertTrue(events.stream().allMatch(event -> event.time() == time), "one time for all");
        assertEquals("brain.Event:2", events.get(0).version());
        assertNull(events.get(0).tag());
        CurvePoint first = run.curve().get(0);
        CurvePoint last = run.curve().get(1);
        assertEquals(
                List.of(
                        value(time, first, "loss/train", first.trainLoss()),
                        value(time, last, "loss/train", last.trainLoss()),
                        value(time, last, "loss/validation", last.validationLoss()),
                        value(time, last, "validation/accuracy", last.validationScore()),
                        value(time, last, "test/accuracy", run.score()),
                        value(time, last, "test/macro-F1", macroF1(run))),
                events.subList(1, events.size()));
    }

    private static double macroF1(RunResult run) {
        return run.metrics().get(Metric.MACRO_F1);
    }

    private static Event value(double time, CurvePoint at, String tag, double value) {
        return new Event(time, at.step(), null, tag, (float) value);
    }

    @Test
    void stepsBeyondOneByteAndInfiniteLossesAreReadBackAndNaNIsLeftOut(@TempDir Path logs)
            throws IOException {
        CurvePoint wild =
                new CurvePoint(2_000_000_000, 9, Double.POSITIVE_INFINITY, Double.NaN, -0.0);
        TensorBoard.write(Tracked.comparison(Tracked.ended("full", Ending.DIVERGED, wild)), logs);
        List<Event> events = EventReader.read(files(logs).get(0));
        double time = events.get(0).time();
        assertEquals(
                List.of(
                        value(time, wild, "loss/train", Double.POSITIVE_INFINITY),
                        value(time, wild, "validation/accuracy", -0.0)),
                events.subList(1, events.size()));
    }

    @Test
    void hostileNamesStayInsideAndApart(@TempDir Path parent) throws IOException {
        Path logs = parent.resolve("logs");
        List<String> names =
                List.of(
                        "../x",
                        "..",
                        ".",
                        "",
                        " ",
                        "a/b",
                        "a\\b",
                        "a_b",
                        "CON",
                        "con.txt",
                        "nul",
                        "com1",
                        "/etc/passwd",
                        "C:\\x",
                        "a\0b",
                        "a\nb",
                        "~",
                        "-rf",
                        ".hidden",
                        "x".repeat(300),
                        "x".repeat(299) + "y",
                        "(IA)³",
                        "(IA)3",
                        "é",
                        "e\u0301",
                        "名前",
                        "🎵".repeat(200),
                        "LoRA",
                        "lora",
                        "a",
                        "a-seed1",
                        "${HOME}",
                        "\ud800");
        RunResult[] runs =
                names.stream().map(name -> Tracked.run(name, 1)).toArray(RunResult[]::new);
        Table table = TensorBoard.write(Tracked.comparison(runs), logs);

        try (Stream<Path> beside = Files.list(parent)) {
            assertEquals(List.of(logs), beside.toList());
        }
        try (Stream<Path> folders = Files.list(logs)) {
            assertEquals(names.size(), folders.filter(Files::isDirectory).count());
        }
        Set<String> ofMac = new HashSet<>();
        for (Path file : files(logs)) {
            assertEquals(logs, file.getParent().getParent());
            String folder = file.getParent().getFileName().toString();
            assertTrue(folder.matches("[\\w (),.+=-]{1,120}"), folder);
            ofMac.add(folder.toLowerCase(Locale.ROOT));
        }
        assertEquals(names.size(), files(logs).size());
        assertTrue(ofMac.size() >= names.size() - 1, "LoRA and lora alone differ by case only");
        assertEquals(names.size(), table.stringColumn("folder").countUnique());
        assertTrue(FolderName.safe("CON").startsWith("_CON-"));
    }

    /** As on a file system that takes LoRA and lora for one name. */
    @Test
    void aFolderWithAnotherRunsEventsIsLeftAlone(@TempDir Path logs) throws IOException {
        Path other = logs.resolve("full-seed1").resolve("events.out.tfevents.1.elsewhere");
        Files.createDirectories(other.getParent());
        Files.writeString(other, "PyTorch's");
        RunResult run = Tracked.run("full", 1);
        for (int i = 0; i < 2; i++) TensorBoard.write(Tracked.comparison(run), logs);
        assertEquals("PyTorch's", Files.readString(other));
        assertEquals(2, files(logs).size());
        assertTrue(Files.isDirectory(logs.resolve("full-seed1-" + Identity.run(run))));
    }

    @Test
    void whatIsThereIsNotWrittenAgain(@TempDir Path logs) throws IOException {
        RunResult run = Tracked.run("full", 1);
        Table first = TensorBoard.write(Tracked.comparison(run), logs);
        List<Path> files = files(logs);
        Table second = TensorBoard.write(Tracked.comparison(run), logs);
        assertEquals(files, files(logs));
        assertEquals("now", first.stringColumn("sent").get(0));
        assertEquals("before", second.stringColumn("sent").get(0));
    }

    @Test
    void anInterruptedRunThatWentOnTakesTheOldOnesPlace(@TempDir Path logs) throws IOException {
        CurvePoint one = new CurvePoint(10, 1, 0.5, 0.5, 0.5);
        CurvePoint two = new CurvePoint(20, 2, 0.4, 0.4, 0.6);
        TensorBoard.write(Tracked.comparison(Tracked.ended("full", Ending.INTERRUPTED, one)), logs);
        TensorBoard.write(
                Tracked.comparison(Tracked.ended("full", Ending.FINISHED, one, two)), logs);
        assertEquals(1, files(logs).size());
        assertEquals(7, EventReader.read(files(logs).get(0)).size());
    }

    @Test
    void aFolderThatIsAFileIsRefused(@TempDir Path parent) throws IOException {
        Path file = Files.writeString(parent.resolve("logs"), "");
        TunebookException e =
                assertThrows(
                        TunebookException.class,
                        () -> TensorBoard.write(Tracked.comparison(Tracked.run("a", 1)), file));
        assertEquals("tensorBoard(" + file + ")", e.where());
        assertTrue(e.what().startsWith("cannot be written: "), e.what());
    }
}
