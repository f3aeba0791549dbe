package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubDataTest {
    private FaultyHub server;

    @TempDir Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = new FaultyHub(1_000);
        put("data/train set.csv", "text,label\ngood,1\n");
        put("data/größe.jsonl", "{\"text\": \"a\"}\n");
        put("README.md", "no data");
        put("script.py", "print()");
        list("data/train set.csv", "data/größe.jsonl", "README.md", "script.py");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void put(String file, String text) {
        server.files.put(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private void list(String... files) {
        server.listing =
                Arrays.stream(files)
                        .map(f -> "{\"rfilename\": \"" + f + "\", \"size\": 20}")
                        .collect(
                                Collectors.joining(
                                        ", ", "{\"sha\": \"0123abcd\", \"siblings\": [", "]}"));
    }

    @Test
    void tablesAndTextsAreFetchedOnceForACommit() throws IOException {
        Path data = server.hub(folder).dataFolder("me/reviews");
        assertEquals(folder.resolve("datasets--me--reviews/0123abcd"), data);
        for (String file : new String[] {"data/train set.csv", "data/größe.jsonl"})
            assertArrayEquals(server.files.get(file), Files.readAllBytes(data.resolve(file)));
        assertFalse(Files.exists(data.resolve("README.md")));
        assertFalse(Files.exists(data.resolve("script.py")));
        assertTrue(
                server.asked.contains("GET /api/datasets/me/reviews/revision/main"),
                server.asked.toString());
        assertTrue(
                server.asked.contains(
                        "HEAD /datasets/me/reviews/resolve/0123abcd/data/train set.csv"),
                server.asked.toString());
        server.asked.clear();
        assertEquals(data, server.hub(folder).dataFolder("me/reviews"));
        assertEquals(1, server.asked.size(), "the list only");
        server.asked.clear();
        Hub offline = new Hub(server.address(), Optional.empty(), folder, true);
        assertEquals(data, offline.dataFolder("me/reviews"));
        assertSays(() -> offline.dataFolder("me/other"), "the data set was never fetched whole");
        assertEquals(0, server.asked.size(), "offline");
    }

    @Test
    void aModelWithoutSafetensorsBringsTorchsFile() throws IOException {
        server.files.remove("model.safetensors");
        assertSays(
                () -> server.hub(folder).folder("me/model"),
                "has no model.safetensors and no pytorch_model.bin");
        put("pytorch_model.bin", "weights");
        Path model = server.hub(folder).folder("me/model");
        assertEquals("weights", Files.readString(model.resolve("pytorch_model.bin")));
    }

    @Test
    void anAddressThatIsNoneIsNamed() {
        assertSays(() -> Web.resolved(server.address(), "http://x/%"), "leads to \"http://x/%\"");
    }

    @Test
    void whatTheHubListsWronglyIsNamed() {
        Hub hub = server.hub(folder);
        list("README.md");
        assertSays(() -> hub.dataFolder("me/x"), "dataset \"me/x\"", "has no .csv, .tsv, .jsonl");
        list("gone.csv");
        assertSays(() -> hub.dataFolder("me/x"), "lists \"gone.csv\" but does not have it");
        for (String broken :
                new String[] {
                    "", "[]", "{}", "{\"siblings\": 3}", "{\"siblings\": [1]}", "<html>"
                }) {
            server.listing = broken;
            assertSays(() -> hub.dataFolder("me/x"), "list of its files cannot be read", "again");
        }
        server.listing =
                "{\"sha\": \"0123abcd\", \"siblings\": [{\"rfilename\": \"a.csv\", \"size\":"
                        + " 20000000000}]}";
        assertSays(() -> hub.dataFolder("me/x"), "20000000000 bytes of data, more than 10 GiB");
    }
}
