package tunebook.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

/** A kernel process, and a client that speaks Jupyter's protocol to it. */
final class KernelClient implements AutoCloseable {
    private static final String KEY = "a-key-of-the-test";
    private static final String DELIMITER = "<IDS|MSG>";
    private static final int TIMEOUT = 60_000;
    private static final int STEP = 500;

    private final ZContext context = new ZContext();
    private final ZMQ.Socket shell;
    private final ZMQ.Socket control;
    private final ZMQ.Socket iopub;
    private final Process process;

    record Message(String type, JsonObject content, String parent) {
        String text(String name) {
            return content.get(name).getAsString();
        }
    }

    /** What one request led to. */
    record Result(JsonObject reply, List<Message> published) {
        List<Message> all(String type) {
            return published.stream().filter(m -> m.type().equals(type)).toList();
        }

        Message only(String type) {
            assertEquals(1, all(type).size(), () -> type + " in " + published);
            return all(type).get(0);
        }

        String stream(String name) {
            StringBuilder text = new StringBuilder();
            all("stream").stream()
                    .filter(m -> m.text("name").equals(name))
                    .forEach(m -> text.append(m.text("text")));
            return text.toString();
        }
    }

    /** Of our own kernel. */
    KernelClient(Path folder) throws Exception {
        this(folder, "tunebook.cli.Main", "kernel", "run");
    }

    /**
     * @param main a class whose main method serves, and its arguments before the connection file
     */
    KernelClient(Path folder, String... main) throws Exception {
        this(folder, Map.of(), java(main));
    }

    /**
     * @param command with {@code {connection_file}} in it, as in a specification of Jupyter's
     */
    KernelClient(Path folder, Map<String, String> environment, List<String> command)
            throws Exception {
        Map<String, Object> ports = new LinkedHashMap<>();
        for (String name : List.of("shell", "iopub", "stdin", "control", "hb")) {
            ports.put(name + "_port", freePort());
        }
        JsonObject connection = new JsonObject();
        ports.forEach((name, port) -> connection.addProperty(name, (Integer) port));
        connection.addProperty("ip", "127.0.0.1");
        connection.addProperty("key", KEY);
        connection.addProperty("transport", "tcp");
        connection.addProperty("signature_scheme", "hmac-sha256");
        Path file = folder.resolve("connection.json");
        Files.writeString(file, connection.toString());
        ProcessBuilder builder =
                new ProcessBuilder(
                        command.stream()
                                .map(word -> word.replace("{connection_file}", file.toString()))
                                .toList());
        builder.environment().putAll(environment);
        process =
                builder.redirectErrorStream(true)
                        .redirectOutput(folder.resolve("kernel.log").toFile())
                        .start();
        shell = connect(SocketType.DEALER, ports.get("shell_port"));
        control = connect(SocketType.DEALER, ports.get("control_port"));
        iopub = context.createSocket(SocketType.SUB);
        iopub.setRcvHWM(0);
        iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
        iopub.connect("tcp://127.0.0.1:" + ports.get("iopub_port"));
        iopub.setReceiveTimeOut(STEP);
    }

    private static List<String> java(String... main) {
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-Djava.awt.headless=true", "-cp", classPath));
        command.addAll(List.of(main));
        command.add("{connection_file}");
        return command;
    }

    private ZMQ.Socket connect(SocketType type, Object port) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.connect("tcp://127.0.0.1:" + port);
        socket.setReceiveTimeOut(STEP);
        return socket;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    Process process() {
        return process;
    }

    /** Sends on the shell channel and waits for the reply alone. */
    JsonObject ask(String type, JsonObject content) {
        String id = send(shell, type, content);
        return reply(shell, id).content();
    }

    JsonObject askControl(String type, JsonObject content) {
        String id = send(control, type, content);
        return reply(control, id).content();
    }

    String start(String code) {
        JsonObject content = new JsonObject();
        content.addProperty("code", code);
        content.addProperty("silent", false);
        content.addProperty("store_history", true);
        content.add("user_expressions", new JsonObject());
        content.addProperty("allow_stdin", false);
        content.addProperty("stop_on_error", true);
        return send(shell, "execute_request", content);
    }

    Result execute(String code) {
        return finish(start(code));
    }

    /** Everything published for a request until its kernel is idle, and its reply. */
    Result finish(String id) {
        List<Message> published = new ArrayList<>();
        long end = System.nanoTime() + TIMEOUT * 1_000_000L;
        while (true) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the cell did not end; so far: " + published);
            }
            Message message = receive(iopub);
            if (!id.equals(message.parent())) {
                continue;
            }
            published.add(message);
            if (message.type().equals("status") && message.text("execution_state").equals("idle")) {
                return new Result(reply(shell, id).content(), published);
            }
        }
    }

    /** The next message on the publishing channel that is of this type. */
    Message next(String type) {
        while (true) {
            Message message = receive(iopub);
            if (message.type().equals(type)) {
                return message;
            }
        }
    }

    private Message reply(ZMQ.Socket socket, String id) {
        while (true) {
            Message message = receive(socket);
            if (id.equals(message.parent())) {
                return message;
            }
        }
    }

    private static String send(ZMQ.Socket socket, String type, JsonObject content) {
        String id = UUID.randomUUID().toString();
        JsonObject header = new JsonObject();
        header.addProperty("msg_id", id);
        header.addProperty("session", "test");
        header.addProperty("username", "test");
        header.addProperty("date", Instant.now().toString());
        header.addProperty("msg_type", type);
        header.addProperty("version", "5.3");
        List<String> frames = List.of(header.toString(), "{}", "{}", content.toString());
        socket.sendMore(DELIMITER);
        socket.sendMore(signature(frames));
        for (int i = 0; i < 3; i++) {
            socket.sendMore(frames.get(i));
        }
        socket.send(frames.get(3));
        return id;
    }

    private static String signature(List<String> frames) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            frames.forEach(frame -> mac.update(frame.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Message receive(ZMQ.Socket socket) {
        ZMsg message = null;
        for (int waited = 0; message == null; waited += STEP) {
            message = ZMsg.recvMsg(socket);
            if (message == null && (waited >= TIMEOUT || !process.isAlive())) {
                throw new AssertionError(
                        process.isAlive()
                                ? "the kernel said nothing for " + TIMEOUT + " ms"
                                : "the kernel ended with status " + process.exitValue());
            }
        }
        List<String> frames =
                message.stream().map(f -> f.getString(StandardCharsets.UTF_8)).toList();
        int at = frames.indexOf(DELIMITER);
        assertEquals(signature(frames.subList(at + 2, at + 6)), frames.get(at + 1), "signature");
        JsonObject header = JsonParser.parseString(frames.get(at + 2)).getAsJsonObject();
        JsonObject parent = JsonParser.parseString(frames.get(at + 3)).getAsJsonObject();
        return new Message(
                header.get("msg_type").getAsString(),
                JsonParser.parseString(frames.get(at + 5)).getAsJsonObject(),
                parent.has("msg_id") ? parent.get("msg_id").getAsString() : null);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        context.close();
    }
}
