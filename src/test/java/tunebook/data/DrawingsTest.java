package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawingsTest {
    private static List<ImageExample> all(Dataset<ImageExample> data) {
        return Stream.of(data.train(), data.validation(), data.test())
                .flatMap(List::stream)
                .toList();
    }

    private static double mean(List<ImageExample> some) {
        return some.stream()
                .mapToDouble(
                        e -> {
                            double sum = 0;
                            for (float value : e.picture().floats()) sum += value;
                            return sum / e.picture().values().length;
                        })
                .average()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pen", "chalk"})
    void theyAreBalancedColouredAndAllDifferent(String medium) {
        Dataset<ImageExample> data = Drawings.of(medium).each(10).split(0.6, 0.2, 0.2);
        assertEquals(16, data.labels().size());
        assertEquals(Drawings.of(medium).labels(), data.labels());
        assertEquals(160, all(data).size());
        assertEquals(160, all(data).stream().map(ImageExample::id).distinct().count());
        assertEquals(0, data.duplicates());
        for (String label : data.labels())
            assertEquals(6, data.train().stream().filter(e -> e.answer().equals(label)).count());
        for (ImageExample e : all(data)) {
            assertEquals(32, e.picture().height());
            assertEquals(32, e.picture().width());
            assertEquals(3, e.picture().channels());
        }
    }

    @Test
    void theSameCallsGiveTheSamePicturesAndOtherSeedsOthers() {
        Drawings pen = Drawings.of("pen").each(4);
        assertEquals("drawings in pen, 4 of each thing", pen.toString());
        Dataset<ImageExample> one = pen.split(0.5, 0.25, 0.25);
        assertEquals(one.sha256(), pen.split(0.5, 0.25, 0.25).sha256());
        assertNotEquals(one.sha256(), pen.seed(2).split(0.5, 0.25, 0.25).sha256());
        List<String> first = all(one).stream().map(ImageExample::content).toList();
        List<String> more =
                all(pen.each(8).split(0.5, 0.25, 0.25)).stream()
                        .map(ImageExample::content)
                        .toList();
        assertTrue(more.containsAll(first), "more of them begin with the same ones");
    }

    /** Ink on paper is dark on light, chalk on a board light on dark. */
    @Test
    void theMediaAreFarApart() {
        double pen = mean(all(Drawings.of("pen").each(5).split(0.6, 0.2, 0.2)));
        double chalk = mean(all(Drawings.of("chalk").each(5).split(0.6, 0.2, 0.2)));
        assertTrue(pen > 180, "pen " + pen);
        assertTrue(chalk < 120, "chalk " + chalk);
    }

    @Test
    void whatCannotBeDrawnIsNamed() {
        assertSays(
                () -> Drawings.of("chlak"),
                "drawings(\"chlak\")",
                "pen and chalk",
                "nearest is \"chalk\"");
        assertSays(() -> Drawings.of("pen").each(2), "each(2)", "is not from 3");
    }

    @Test
    void theirCardNamesEveryThing() throws Exception {
        String card = Files.readString(Path.of("datasets/drawings.md"));
        for (String label : Drawings.of("pen").labels())
            assertTrue(card.contains("`" + label + "`"), label);
    }
}
