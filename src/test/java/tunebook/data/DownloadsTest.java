package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.support.Torture;

class DownloadsTest {
    private final byte[] content = new byte[300_000];
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private ExecutorService threads;
    private String sha256;

    @TempDir Path folder;

    @BeforeEach
    void serve() throws Exception {
        new Random(1).nextBytes(content);
        sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newFixedThreadPool(4);
        server.setExecutor(threads);
        server.createContext("/data/good.bin", exchange -> answer(exchange, content.length));
        server.createContext("/cut.bin", exchange -> answer(exchange, content.length / 2));
        server.createContext(
                "/moved",
                exchange -> {
                    exchange.getResponseHeaders().add("Location", "/data/good.bin");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        server.start();
    }

    private void answer(HttpExchange exchange, int bytes) throws IOException {
        requests.incrementAndGet();
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content, 0, bytes);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aFileIsFetchedOnceAndKept() throws IOException {
        Path file = Downloads.fetch(at("/data/good.bin"), sha256, folder);
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals(sha256.substring(0, 12) + "-good.bin", file.getFileName().toString());
        String upper = sha256.toUpperCase(Locale.ROOT);
        assertEquals(file, Downloads.fetch(at("/data/good.bin"), upper, folder));
        assertEquals(1, requests.get());
    }

    @Test
    void aSpoiltFileIsFetchedAgain() throws IOException {
        Path file = Downloads.fetch(at("/data/good.bin"), sha256, folder);
        Files.write(file, Arrays.copyOf(content, 5));
        assertEquals(file, Downloads.fetch(at("/data/good.bin"), sha256, folder));
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals(2, requests.get());
    }

    @Test
    void aMovedFileIsFollowed() throws IOException {
        Path file = Downloads.fetch(at("/moved"), sha256, folder.resolve("new/folder"));
        assertArrayEquals(content, Files.readAllBytes(file));
    }

    @Test
    void whatFailsLeavesNothing() throws IOException {
        assertSays(() -> Downloads.fetch(at("/none"), sha256, folder), "/none", "answered 404");
        assertNothingLeft();
        String other = "0".repeat(64);
        assertSays(
                () -> Downloads.fetch(at("/data/good.bin"), other, folder),
                "came with sha256 " + sha256 + " instead of " + other);
        assertNothingLeft();
        assertSays(() -> Downloads.fetch(at("/cut.bin"), sha256, folder), "/cut.bin", "network");
        assertNothingLeft();
    }

    @Test
    void withoutNetworkTheMendIsSaid() throws IOException {
        URI gone = at("/data/good.bin");
        server.stop(0);
        assertSays(() -> Downloads.fetch(gone, sha256, folder), "failed: ", "by hand");
        URI nowhere = URI.create("http://nowhere.invalid/x");
        assertSays(() -> Downloads.fetch(nowhere, sha256, folder), "nowhere.invalid", "network");
        assertNothingLeft();
    }

    @Test
    void badCallsAreSaid() {
        assertSays(() -> Downloads.fetch(at("/x"), "12", folder), "\"12\" is no SHA-256");
        assertSays(
                () -> Downloads.fetch(URI.create("file:///etc/passwd"), sha256, folder),
                "is no address of the web");
    }

    @Test
    void aNameFromTheAddressStaysInTheFolder() {
        for (String path :
                List.of("/data/good.bin/..", "/data/good.bin/%2e%2e%2f%5cx", "/data/good.bin/")) {
            Path file = Downloads.fetch(at(path), sha256, folder);
            assertEquals(folder.toAbsolutePath(), file.toAbsolutePath().normalize().getParent());
        }
    }

    @Test
    void anInterruptEndsIt() throws Exception {
        server.createContext("/stuck", exchange -> exchange.sendResponseHeaders(200, 100));
        Thread thread =
                new Thread(
                        () ->
                                assertSays(
                                        () -> Downloads.fetch(at("/stuck"), sha256, folder),
                                        "was interrupted"));
        AtomicInteger failures = new AtomicInteger();
        thread.setUncaughtExceptionHandler((t, e) -> failures.incrementAndGet());
        thread.start();
        Thread.sleep(300);
        thread.interrupt();
        thread.join(5_000);
        assertTrue(!thread.isAlive());
        assertEquals(0, failures.get());
    }

    @Test
    void anInterruptAtAnyMomentLeavesNothingHalfAndTheNextCallGetsItAll() throws Exception {
        server.createContext("/slow", this::drip);
        int times = Torture.times(4, 40);
        Random random = new Random(2);
        int early = 0;
        double longest = 0;
        for (int i = 0; i < times; i++) {
            Thread caller = new Thread(() -> Downloads.fetch(at("/slow"), sha256, folder));
            caller.setUncaughtExceptionHandler((t, e) -> {});
            caller.start();
            Thread.sleep(random.nextInt(60));
            long asked = System.nanoTime();
            caller.interrupt();
            caller.join(60_000);
            assertFalse(caller.isAlive(), "still running");
            longest = Math.max(longest, (System.nanoTime() - asked) / 1e9);
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> left = files.toList();
                if (left.isEmpty()) early++;
                else assertEquals(List.of(content.length), left.stream().map(this::size).toList());
            }
            Path file = Downloads.fetch(at("/slow"), sha256, folder);
            assertArrayEquals(content, Files.readAllBytes(file));
            Files.delete(file);
        }
        System.out.printf(
                "%d interrupts of a download, %d before its end: stopped within %.2f s, nothing"
                        + " half left%n",
                times, early, longest);
        assertTrue(early > 0, "no interrupt ever met a download under way");
        assertTrue(longest <= 2, longest + " s");
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        for (int at = 0; at < content.length; at += 30_000) {
            exchange.getResponseBody().write(content, at, 30_000);
            exchange.getResponseBody().flush();
            LockSupport.parkNanos(4_000_000);
        }
        exchange.close();
    }

    private int size(Path file) {
        return Math.toIntExact(file.toFile().length());
    }

    @Test
    void manyAtOnceGetTheSameWholeFile() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<byte[]>> files =
                    IntStream.range(0, 16)
                            .mapToObj(
                                    i ->
                                            pool.submit(
                                                    () ->
                                                            Files.readAllBytes(
                                                                    Downloads.fetch(
                                                                            at("/data/good.bin"),
                                                                            sha256,
                                                                            folder))))
                            .toList();
            for (Future<byte[]> file : files) assertArrayEquals(content, file.get());
        } finally {
            pool.shutdown();
        }
    }
}
