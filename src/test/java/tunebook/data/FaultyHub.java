package tunebook.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A hub on this machine's loopback address that sends contents wrongly, as it is told. */
final class FaultyHub implements AutoCloseable {
    static final String COMMIT = "0123abcd";

    /** What goes wrong with one answer. */
    enum Fault {
        NONE,
        CUT,
        SHORT,
        LONG,
        WRONG,
        BUSY,
        NO_RANGE,
        CHANGED_TAG,
        NO_SUCH_RANGE,
        OTHER_RANGE
    }

    final Map<String, byte[]> files = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final ConcurrentLinkedQueue<Fault> faults = new ConcurrentLinkedQueue<>();
    final AtomicLong sent = new AtomicLong();
    final AtomicLong resumed = new AtomicLong();

    /** Where no fault waits in line. */
    volatile Supplier<Fault> otherwise = () -> Fault.NONE;

    /** Milliseconds before each 64 KiB. */
    volatile int pause;

    volatile String listing = "{}";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    FaultyHub(int weights) throws IOException {
        byte[] random = new byte[weights];
        new Random(5).nextBytes(random);
        files.put("config.json", "{}".getBytes(StandardCharsets.UTF_8));
        files.put("tokenizer.json", "{\"model\": 1}".getBytes(StandardCharsets.UTF_8));
        files.put("model.safetensors", random);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Hub hub(Path cache) {
        return new Hub(address(), Optional.empty(), cache, false);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String range = exchange.getRequestHeaders().getFirst("Range");
            asked.add(
                    exchange.getRequestMethod() + " " + path + (range == null ? "" : " " + range));
            if (path.startsWith("/api/")) {
                send(exchange, 200, listing.getBytes(StandardCharsets.UTF_8));
                return;
            }
            boolean stored = path.startsWith("/store/");
            String file = path.replaceFirst("^/store/|^/.*/resolve/[^/]*/", "");
            byte[] content = files.get(file);
            if (content == null) {
                exchange.sendResponseHeaders(404, -1);
            } else if (stored) {
                send(exchange, content, range, next());
            } else {
                exchange.getResponseHeaders().add("X-Repo-Commit", COMMIT);
                exchange.getResponseHeaders().add("X-Linked-ETag", quoted(sha256(content)));
                exchange.getResponseHeaders().add("Location", address() + path(file));
                exchange.sendResponseHeaders(302, -1);
            }
        }
    }

    private static String path(String file) {
        try {
            return new URI(null, null, "/store/" + file, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private Fault next() {
        Fault fault = faults.poll();
        return fault == null ? otherwise.get() : fault;
    }

    private void send(HttpExchange exchange, byte[] content, String range, Fault fault)
            throws IOException {
        if (fault == Fault.BUSY) {
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        String tag = quoted(fault == Fault.CHANGED_TAG ? "other" : "the-one");
        exchange.getResponseHeaders().add("ETag", tag);
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        boolean whole =
                from == 0
                        || fault == Fault.NO_RANGE
                        || (condition != null && !condition.equals(tag));
        if (!whole && (fault == Fault.NO_SUCH_RANGE || from >= content.length)) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (fault == Fault.OTHER_RANGE) from = Math.max(1, from / 2);
        byte[] body = whole ? content.clone() : Arrays.copyOfRange(content, from, content.length);
        if (!whole) {
            resumed.incrementAndGet();
            String bytes = "bytes " + from + "-" + (content.length - 1) + "/" + content.length;
            exchange.getResponseHeaders().add("Content-Range", bytes);
        }
        int length = body.length;
        if (fault == Fault.SHORT) body = Arrays.copyOf(body, length / 2);
        if (fault == Fault.LONG) body = Arrays.copyOf(body, length + 10);
        if (fault == Fault.WRONG) body[length / 3]++;
        exchange.sendResponseHeaders(whole ? 200 : 206, body.length);
        write(exchange, body, fault == Fault.CUT ? length / 2 : body.length);
    }

    private void write(HttpExchange exchange, byte[] body, int bytes) throws IOException {
        for (int at = 0; at < bytes; at += 1 << 16) {
            int n = Math.min(1 << 16, bytes - at);
            if (pause > 0) sleep();
            exchange.getResponseBody().write(body, at, n);
            exchange.getResponseBody().flush();
            sent.addAndGet(n);
        }
    }

    private void sleep() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String quoted(String tag) {
        return "\"" + tag + "\"";
    }

    static String sha256(byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
