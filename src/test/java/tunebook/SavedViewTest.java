package tunebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.Tunebook.save;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.recipe.Recipe;
import tunebook.study.Result;
import tunebook.support.Shown;
import tunebook.view.Plot;

class SavedViewTest {
    private static final Table TABLE =
            Table.create(
                    "t",
                    StringColumn.create("a|b", "=1+1", "<i>"),
                    DoubleColumn.create("n", -1.0 / 3, 2));

    @TempDir Path folder;

    private String saved(Object view, String name) throws IOException {
        Path file = folder.resolve(name);
        save(view, file);
        return Files.readString(file);
    }

    private static Object made(Class<?> type) {
        return Shown.makers().get(type).apply("my <b>");
    }

    @Test
    void aTableIsWrittenAsItsFilesNameEnds() throws IOException {
        assertEquals(
                "a|b,n\r\n'=1+1,-0.3333333333333333\r\n<i>,2.0\r\n", saved(TABLE, "new/t.csv"));
        assertTrue(saved(TABLE, "t.md").startsWith("**t**\n\n| a\\|b | n |\n"));
        assertTrue(saved(TABLE, "t.txt").contains("=1+1"));
        String page = saved(TABLE, "t.html");
        assertTrue(page.startsWith("<!DOCTYPE html>") && page.endsWith("</html>\n"), page);
        assertTrue(page.contains("<title>t</title>") && page.contains("&lt;i&gt;"), page);
        assertTrue(page.contains("prefers-color-scheme:dark"), page);
        assertFalse(page.contains("<script") || page.contains("http:") || page.contains("https:"));
    }

    @Test
    void aChartIsWrittenAsDrawingAndAsPicture() throws IOException {
        Plot plot = (Plot) made(Plot.class);
        assertTrue(saved(plot, "p.svg").contains("<svg "));
        save(plot, folder.resolve("p.png"));
        var picture = ImageIO.read(folder.resolve("p.png").toFile());
        assertEquals(2 * plot.chart().getWidth(), picture.getWidth());
        assertTrue(saved(plot.chart(), "raw.html").contains("src=\"data:image/png;base64,"));
    }

    @Test
    void aResultBringsItsVerdict() throws IOException {
        Object result = made(Result.class);
        for (String name : Set.of("r.html", "r.md", "r.txt"))
            assertTrue(saved(result, name).contains("has the highest mean accuracy"), name);
    }

    @Test
    void everyViewHasAPage() throws IOException {
        for (Function<String, Object> maker : Shown.makers().values()) {
            String page = saved(maker.apply("my <b>"), "v.html");
            assertTrue(page.contains("<body>") && !page.contains("my <b>"), page);
        }
        assertTrue(saved(made(Recipe.class), "v.html").contains("<pre"));
    }

    @Test
    void anEndingThatIsNotKnownNamesThoseThatAre() {
        TunebookException e =
                assertThrows(
                        TunebookException.class, () -> save(TABLE, Path.of("nowhere", "t.png")));
        assertEquals(
                "save "
                        + Path.of("nowhere", "t.png")
                        + ": a Table has no form for \".png\". Mend: end the name in one of .html,"
                        + " .csv, .md, .txt",
                e.getMessage());
        assertTrue(
                assertThrows(
                                TunebookException.class,
                                () -> save(made(Plot.class), folder.resolve("plot")))
                        .mend()
                        .endsWith("one of .html, .svg, .png, .txt"));
        assertEquals(
                "java.lang.String is no view",
                assertThrows(TunebookException.class, () -> save("x", folder.resolve("x.html")))
                        .what());
    }

    @Test
    void whatCannotBeWrittenSaysSo() throws IOException {
        Files.writeString(folder.resolve("file"), "kept");
        TunebookException e =
                assertThrows(
                        TunebookException.class,
                        () -> save(TABLE, folder.resolve("file").resolve("t.md")));
        assertTrue(e.what().startsWith("cannot be written: "), e.getMessage());
        assertEquals("kept", Files.readString(folder.resolve("file")));
    }
}
