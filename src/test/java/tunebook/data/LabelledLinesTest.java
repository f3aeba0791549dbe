package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.support.Shared;

class LabelledLinesTest {
    @TempDir Path folder;

    private Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path numbered(String name, int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) lines.append("%d line %d%n".formatted(i % 2, i));
        return file(name, lines.toString());
    }

    @Test
    void linesBecomeExamplesInTheirOrder() {
        Dataset<TextExample> data =
                LabelledLines.of(
                                file("train", "1 good one \r\n\n0\tbad  one\n"),
                                file("test", "1 a"))
                        .validation(file("dev", "0 b\n1 c"))
                        .read("mine");
        assertEquals("mine", data.name());
        assertEquals(
                List.of(
                        new TextExample("train:1", "good one", 1, "1"),
                        new TextExample("train:3", "bad  one", 0, "0")),
                data.train());
        assertEquals(2, data.validation().size());
        assertEquals(List.of(new TextExample("test:1", "a", 1, "1")), data.test());
    }

    @Test
    void withoutValidationLinesAShareOfTheTrainingLinesIsTaken() {
        LabelledLines lines = LabelledLines.of(numbered("train", 200), numbered("test", 10));
        Dataset<TextExample> data = lines.read("mine");
        assertEquals(180, data.train().size());
        assertEquals(20, data.validation().size());
        assertEquals(10, data.validation().stream().filter(e -> e.label() == 0).count());
        assertEquals(50, lines.validation(0.25).read("mine").validation().size());
        assertEquals(data.sha256(), lines.read("mine").sha256());
        assertNotEquals(data.validation(), lines.splitSeed(2).read("mine").validation());
        assertSays(() -> lines.validation(1.0), "split(0.0, 1.0)", "above 0");
    }

    @Test
    void brokenLinesAreRefusedByNumber() {
        Path test = numbered("test", 10);
        Path noText = file("train", "0 a\n1\n0 b\n1 c\n1 d\n0 e\n");
        LabelledLines lines = LabelledLines.of(noText, test);
        assertSays(() -> lines.read("mine"), noText + " line 2", "text is empty");
        Dataset<TextExample> rest = lines.skipBad().read("mine");
        assertEquals(1, rest.skipped());
        assertEquals(5, rest.train().size() + rest.validation().size());
        Path nul = file("nul", "0 a\n1 b\0\n");
        assertSays(() -> LabelledLines.of(nul, test).read("x"), "line 2", "NUL");
        assertSays(
                () -> LabelledLines.of(folder.resolve("none"), test).read("x"),
                "none",
                "no such file");
    }

    @Test
    void aLabelThatTrainingLacksIsNamed() {
        LabelledLines lines =
                LabelledLines.of(
                        file("train", "good a\nbad b\n"), file("test", "good x\n\ngoood y"));
        assertSays(
                () -> lines.validation(file("dev", "bad z")).read("x"),
                "test:3",
                "label \"goood\" of the test part",
                "[bad, good]",
                "nearest is \"good\"");
        assertSays(
                () -> lines.validation(file("dev", "ugly z")).read("x"),
                "dev:1",
                "of the validation part");
        assertSays(
                () -> lines.validation(file("empty", "")).read("x"), "validation part has no rows");
    }

    @Test
    void theEncodingCanBeNamed() throws IOException {
        Path train = folder.resolve("latin");
        Files.write(train, "0 a\n1 caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        Path test = file("test", "0 x");
        LabelledLines lines = LabelledLines.of(train, test).validation(test);
        assertSays(() -> lines.read("x"), "latin line 2", "is not UTF-8", "say its encoding");
        Dataset<TextExample> data = lines.charset(StandardCharsets.ISO_8859_1).read("x");
        assertEquals("caf\u00e9", data.train().get(1).text());
    }

    @Test
    void sentimentTreebankAndQuestionsAreRead() {
        Path folder = Shared.path("data/text-classification");
        Dataset<TextExample> sst =
                LabelledLines.of(folder.resolve("sst2.train.txt"), folder.resolve("sst2.test.txt"))
                        .validation(folder.resolve("sst2.dev.txt"))
                        .read("SST-2");
        assertEquals(6_920, sst.train().size());
        assertEquals(872, sst.validation().size());
        assertEquals(1_821, sst.test().size());
        Dataset<TextExample> trec =
                LabelledLines.of(folder.resolve("trec.train.txt"), folder.resolve("trec.test.txt"))
                        .charset(StandardCharsets.ISO_8859_1)
                        .read("TREC");
        assertEquals(5_452, trec.train().size() + trec.validation().size());
        assertEquals(500, trec.test().size());
        assertEquals(List.of("0", "1", "2", "3", "4", "5"), trec.labels());
        assertTrue(Math.abs(trec.validation().size() - 545) <= 5, trec.toString());
        System.out.println(sst + ", duplicates " + sst.duplicates());
        System.out.println(trec + ", duplicates " + trec.duplicates());
    }
}
