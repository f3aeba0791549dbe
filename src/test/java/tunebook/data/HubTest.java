package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A local server with the hub's paths, headers and redirects. */
class HubTest {
    private static final byte[] WEIGHTS = new byte[100_000];
    private final Map<String, byte[]> files = new TreeMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String commit = "a1b2c3";
    private int cut;
    private String tokenSeenElsewhere;

    @TempDir Path folder;

    @BeforeEach
    void serve() throws IOException {
        files.put("config.json", "{}".getBytes(StandardCharsets.UTF_8));
        files.put("tokenizer.json", "{\"model\": 1}".getBytes(StandardCharsets.UTF_8));
        files.put("model.safetensors", WEIGHTS);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        if (path.equals("/store")) {
            tokenSeenElsewhere = token;
            send(exchange, WEIGHTS);
            return;
        }
        String file = path.substring(path.lastIndexOf('/') + 1);
        boolean secret = path.startsWith("/me/secret/");
        if (path.startsWith("/old/resolve/")) {
            exchange.getResponseHeaders().add("Location", path.replace("/old/", "/me/model/"));
            exchange.sendResponseHeaders(307, -1);
        } else if (path.startsWith("/round/")) {
            exchange.getResponseHeaders().add("Location", path);
            exchange.sendResponseHeaders(307, -1);
        } else if (secret && !"Bearer open".equals(token)) {
            exchange.sendResponseHeaders(401, -1);
        } else if (!path.matches("/(me/)?(model|secret)/resolve/(main|[0-9a-f]+)/.*")
                || !files.containsKey(file)) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            exchange.getResponseHeaders().add("X-Repo-Commit", commit);
            if (file.equals("model.safetensors")) {
                exchange.getResponseHeaders()
                        .add("X-Linked-ETag", quoted(hash("SHA-256", WEIGHTS)));
                exchange.getResponseHeaders().add("Location", here().resolve("/store").toString());
                exchange.sendResponseHeaders(302, -1);
            } else {
                exchange.getResponseHeaders().add("ETag", quoted(gitHash(files.get(file))));
                if (exchange.getRequestMethod().equals("HEAD"))
                    exchange.sendResponseHeaders(200, -1);
                else send(exchange, files.get(file));
            }
        }
        exchange.close();
    }

    private void send(HttpExchange exchange, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, content.length - cut);
        exchange.getResponseBody().write(content, 0, content.length - cut);
        exchange.close();
    }

    private static String quoted(String tag) {
        return "\"" + tag + "\"";
    }

    private static String gitHash(byte[] content) throws IOException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        blob.write(("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8));
        blob.write(content);
        return hash("SHA-1", blob.toByteArray());
    }

    private static String hash(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private Hub hub(String token, boolean offline) {
        return new Hub(here(), Optional.ofNullable(token), folder, offline);
    }

    @Test
    void aModelIsFetchedOnceForEachCommit() throws IOException {
        Path first = hub(null, false).folder("me/model");
        assertArrayEquals(WEIGHTS, Files.readAllBytes(first.resolve("model.safetensors")));
        assertTrue(Files.isRegularFile(first.resolve("tokenizer.json")));
        assertFalse(Files.exists(first.resolve("vocab.txt")));
        asked.clear();
        assertEquals(first, hub(null, false).folder("me/model"));
        assertTrue(asked.stream().noneMatch(a -> a.startsWith("GET")), asked.toString());
        commit = "d4e5f6";
        assertEquals("d4e5f6", hub(null, false).folder("me/model").getFileName().toString());
        asked.clear();
        assertEquals("d4e5f6", hub(null, true).folder("me/model").getFileName().toString());
        assertEquals(List.of(), asked, "offline");
        hub(null, false).folder("model");
    }

    private URI here() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    @Test
    void aRenamedModelIsFollowed() throws IOException {
        Path found = hub(null, false).folder("old");
        assertArrayEquals(WEIGHTS, Files.readAllBytes(found.resolve("model.safetensors")));
        assertSays(() -> hub(null, false).folder("round"), "leads on and on", "check the name");
    }

    @Test
    void theTokenGoesToTheHubAndNowhereElse() {
        hub("open", false).folder("me/secret");
        assertNull(tokenSeenElsewhere);
        assertSays(() -> hub(null, false).folder("me/secret"), "may not be read (401)", "HF_TOKEN");
    }

    @Test
    void aFileThatCameBrokenIsNotKept() throws IOException {
        cut = 1;
        assertSays(() -> hub(null, false).folder("me/model"), "came with status 200", "try again");
        try (Stream<Path> left = Files.walk(folder)) {
            List<Path> files = left.filter(Files::isRegularFile).toList();
            assertTrue(files.stream().allMatch(f -> f.endsWith("lock")), files.toString());
        }
        assertSays(() -> hub(null, true).folder("me/model"), "never fetched whole", "OFFLINE");
        cut = 0;
        hub(null, false).folder("me/model");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertSays(() -> hub(null, false).folder("me/nothing"), "no such model", "check the name");
        assertSays(() -> hub(null, false).folder("../etc"), "is no model's name", "owner/name");
        assertSays(() -> hub(null, false).folder("a/b/c"), "is no model's name", "owner/name");
        files.remove("model.safetensors");
        assertSays(
                () -> hub(null, false).folder("me/model"),
                "has no model.safetensors",
                "safetensors");
    }
}
