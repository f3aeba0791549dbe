package tunebook.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text in front of the Javadoc. */
class GuideTest {
    private static final Pattern WRITTEN = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SHOWN =
            Pattern.compile(
                    "<pre><code class=\"language-java\">(.*?)</code></pre>", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#:]+)[^\":]*\"");

    @TempDir private Path folder;

    @Test
    void theCodeIsShownAsWrittenAndEveryLinkIsThere() throws Exception {
        Path docs = folder.resolve("docs");
        Path overview = folder.resolve("overview.html");
        Guide.write(Path.of(""), overview, docs);
        String html = Files.readString(overview);
        assertEquals(written("README.md"), shown(html));
        String guide = Files.readString(docs.resolve("guide/docs/guide.html"));
        assertEquals(written("docs/guide.md"), shown(guide));
        List<String> links = found(LINK, html);
        assertTrue(links.contains("guide/notebooks/domains.ipynb"), links::toString);
        for (String link : links) {
            assertTrue(Files.exists(docs.resolve(link)), link);
        }
        Path course = docs.resolve("guide/tutorials/README.html");
        for (String link : found(LINK, Files.readString(course))) {
            assertTrue(Files.exists(course.resolveSibling(link)), link);
        }
    }

    @Test
    void aLinkThatLeadsNowhereIsNamed() throws Exception {
        Files.writeString(
                folder.resolve("README.md"),
                "# A\n\n[b](b.md), [c](c.md), [d](#d), [out](../b.md), [there](#e)\n\n## E\n");
        Files.writeString(folder.resolve("b.md"), "# B\n\n[home](README.md#nowhere)\n");
        IllegalStateException e =
                assertThrows(
                        IllegalStateException.class,
                        () -> Guide.write(folder, folder.resolve("o.html"), folder.resolve("o")));
        assertEquals(
                "links that lead nowhere: README.md: c.md; README.md: ../b.md;"
                        + " README.md: #d; b.md: README.md#nowhere",
                e.getMessage());
    }

    private static List<String> written(String file) throws IOException {
        List<String> blocks = found(WRITTEN, Files.readString(Path.of(file)));
        assertFalse(blocks.isEmpty(), file);
        return blocks;
    }

    private static List<String> shown(String html) {
        return found(SHOWN, html).stream().map(GuideTest::plain).toList();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult r) -> r.group(1)).toList();
    }

    private static String plain(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
