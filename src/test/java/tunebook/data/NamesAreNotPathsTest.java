package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.TunebookException;

/** Names of models, data sets and their files that would lead elsewhere if they were paths. */
class NamesAreNotPathsTest {
    private static final List<String> HOSTILE =
            List.of(
                    "..",
                    ".",
                    "",
                    "/",
                    "//",
                    "../..",
                    "../evil",
                    "../../evil",
                    "a/..",
                    "a/../b",
                    "a/../../evil",
                    "./a",
                    "a/.",
                    "a/./b",
                    "/etc/passwd",
                    "//server/share",
                    "\\evil",
                    "..\\evil",
                    "a\\..\\..\\evil",
                    "\\\\server\\share",
                    "C:",
                    "C:evil",
                    "C:/evil",
                    "c:\\evil",
                    "a/C:evil",
                    "~",
                    "~/evil",
                    "$HOME",
                    "%2e%2e/evil",
                    "a/%2e%2e",
                    "..%2fevil",
                    "%2fetc%2fpasswd",
                    "a\0b",
                    "a/\0",
                    "a\nb",
                    "a\tb",
                    "a b/..",
                    "..;/evil",
                    "a/b/c",
                    "a//b",
                    "a/",
                    "/a",
                    "a--b",
                    "a/b--c",
                    "a..b",
                    ".hidden",
                    "a/.hidden",
                    "-rf",
                    "a/-rf",
                    "a.",
                    "a/b.",
                    "a:stream",
                    "http://x/y",
                    "file:///etc/passwd",
                    "datasets/../../x",
                    "x?y",
                    "x#y",
                    "a*",
                    "é",
                    "a\u202eb",
                    "a\uff0fb",
                    "\u2025/x",
                    "x".repeat(97),
                    "x".repeat(10_000));

    @TempDir Path folder;

    private List<Path> everything() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.toList();
        }
    }

    @Test
    void noNameOfAModelOrDataSetLeavesTheCacheOrReachesTheNetwork() throws IOException {
        try (FaultyHub server = new FaultyHub(10)) {
            Path cache = Files.createDirectories(folder.resolve("outer/cache"));
            List<Path> before = everything();
            for (boolean offline : new boolean[] {false, true}) {
                Hub hub = new Hub(server.address(), Optional.empty(), cache, offline);
                for (String name : HOSTILE) {
                    assertSays(() -> hub.folder(name), "is no model's name", "owner/name");
                    assertSays(() -> hub.dataFolder(name), "is no data set's name", "owner/name");
                }
            }
            assertEquals(List.of(), server.asked);
            assertEquals(before, everything());
            System.out.println(HOSTILE.size() + " hostile names × 4 calls: 0 escapes");
        }
    }

    /** A few of those are names of files; each then lies in its folder. */
    @Test
    void noFileThatTheHubListsLeavesTheDataSetsFolder() throws IOException {
        try (FaultyHub server = new FaultyHub(10)) {
            Path cache = folder.resolve("outer/cache");
            int refused = 0;
            List<String> all = new ArrayList<>(HOSTILE);
            HOSTILE.forEach(name -> all.add("data/" + name));
            for (String name : all) {
                String file = name + "/evil.csv";
                server.files.put(file, "evil".getBytes(StandardCharsets.UTF_8));
                server.listing =
                        "{\"sha\": \"0123abcd\", \"siblings\": [{\"rfilename\": "
                                + new JsonPrimitive(file)
                                + "}]}";
                try {
                    server.hub(cache).dataFolder("me/data");
                } catch (TunebookException e) {
                    refused++;
                }
            }
            Path own = cache.resolve("datasets--me--data/0123abcd");
            List<Path> evil = everything().stream().filter(f -> f.endsWith("evil.csv")).toList();
            for (Path file : evil) assertTrue(file.startsWith(own), file.toString());
            System.out.println(
                    all.size()
                            + " names of files: "
                            + refused
                            + " refused, "
                            + evil.size()
                            + " inside, 0 outside");
            assertTrue(refused >= 60 && refused + evil.size() >= all.size() / 2, "" + refused);
            try (Stream<Path> beside = Files.list(folder.resolve("outer"))) {
                assertEquals(List.of(cache), beside.toList());
            }
        }
    }

    /** The hub's word for a commit is the name of a folder here. */
    @Test
    void noCommitLeavesTheDataSetsFolder() throws IOException {
        try (FaultyHub server = new FaultyHub(10)) {
            Path cache = folder.resolve("outer/cache");
            server.files.put("a.csv", "x".getBytes(StandardCharsets.UTF_8));
            for (String commit : HOSTILE) {
                server.listing =
                        "{\"sha\": "
                                + new JsonPrimitive(commit)
                                + ", \"siblings\": [{\"rfilename\": \"a.csv\"}]}";
                Path data = server.hub(cache).dataFolder("me/data");
                assertEquals(cache.resolve("datasets--me--data"), data.normalize().getParent());
                Hub offline = new Hub(server.address(), Optional.empty(), cache, true);
                assertEquals(data, offline.dataFolder("me/data"));
            }
        }
    }
}
