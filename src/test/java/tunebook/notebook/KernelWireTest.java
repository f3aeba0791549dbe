package tunebook.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.Tunebook;
import tunebook.notebook.KernelClient.Message;
import tunebook.notebook.KernelClient.Result;

/** The kernel as a process, spoken to as Jupyter does. */
class KernelWireTest {
    @TempDir static Path folder;
    private static KernelClient client;

    @BeforeAll
    static void start() throws Exception {
        long begin = System.nanoTime();
        client = new KernelClient(folder);
        client.ask("kernel_info_request", new JsonObject());
        double answered = (System.nanoTime() - begin) / 1e9;
        Thread.sleep(200); // a subscription takes a moment
        Result first = client.execute("40 + 2");
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "kernel: kernel_info after %.1f s, first result after %.1f s%n", answered, seconds);
        assertEquals("42", data(first.only("execute_result")).get("text/plain").getAsString());
        assertTrue(seconds < 20, "first result after " + seconds + " s");
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
    }

    private static JsonObject data(Message message) {
        return message.content().getAsJsonObject("data");
    }

    private static JsonObject at(String code, int cursor) {
        JsonObject content = new JsonObject();
        content.addProperty("code", code);
        content.addProperty("cursor_pos", cursor);
        content.addProperty("detail_level", 0);
        return content;
    }

    @Test
    void saysWhoItIs() {
        JsonObject info = client.ask("kernel_info_request", new JsonObject());
        assertEquals("Java", info.getAsJsonObject("language_info").get("name").getAsString());
        assertTrue(info.get("banner").getAsString().startsWith("Tunebook on Java "));
    }

    @Test
    void textOfBothStreamsArrivesInOrderAndWhole() {
        Result result =
                client.execute(
                        "System.out.print(\"ä\");\nSystem.err.println(\"b\");\n"
                                + "System.out.print(\"c\");\n1");
        assertEquals("äc", result.stream("stdout"));
        assertEquals("b\n", result.stream("stderr"));
        List<String> types = result.published().stream().map(Message::type).toList();
        assertEquals(
                List.of(
                        "status",
                        "execute_input",
                        "stream",
                        "stream",
                        "stream",
                        "execute_result",
                        "status"),
                types);
    }

    @Test
    void noneOfManyLinesIsDropped() {
        Result result = client.execute("for (int i = 0; i < 50_000; i++) System.out.println(i);");
        assertEquals(50_000, result.stream("stdout").lines().count());
        assertTrue(result.all("stream").size() < 500, "sent in batches");
    }

    @Test
    void tablesAndChartsAreShown() {
        Result result =
                client.execute(
                        """
                        var table = Table.create("t", StringColumn.create("<name>", "a & b"));
                        var chart = new XYChartBuilder().width(300).height(200).build();
                        chart.addSeries("loss", new double[] {1, 2}, new double[] {3, 4});
                        display(chart);
                        table
                        """);
        String html = data(result.only("execute_result")).get("text/html").getAsString();
        assertTrue(html.contains("&lt;name&gt;") && html.contains("a &amp; b"), html);
        JsonObject chart = data(result.only("display_data"));
        assertTrue(chart.get("image/svg+xml").getAsString().startsWith("<svg"), chart.toString());
        assertEquals("chart of loss", chart.get("text/plain").getAsString());
        assertFalse(chart.has("image/png"));
    }

    @Test
    void aLiveDisplayIsOneDisplayThatIsUpdated() {
        Result result =
                client.execute(
                        """
                        var live = liveDisplay();
                        var worker = new Thread(() -> {
                            for (int i = 1; i <= 100; i++) {
                                live.update("step " + i);
                                try { Thread.sleep(10); } catch (InterruptedException e) { return; }
                            }
                        });
                        worker.start();
                        worker.join();
                        """);
        Message shown = result.only("display_data");
        String id = shown.content().getAsJsonObject("transient").get("display_id").getAsString();
        assertEquals("step 1", data(shown).get("text/plain").getAsString());
        List<Message> updates = result.all("update_display_data");
        // 100 updates in at least 1 s, at most five a second, the first and the last besides
        assertTrue(updates.size() >= 3 && updates.size() <= 14, updates.size() + " updates");
        for (Message update : updates) {
            assertEquals(
                    id,
                    update.content().getAsJsonObject("transient").get("display_id").getAsString());
        }
        Message last = updates.get(updates.size() - 1);
        assertEquals("step 100", data(last).get("text/plain").getAsString());
    }

    @Test
    void updatesAfterTheCellHasEndedArriveToo() {
        client.execute(
                """
                var late = liveDisplay();
                late.update("now");
                new Thread(() -> {
                    try { Thread.sleep(600); } catch (InterruptedException e) { return; }
                    late.update("later");
                }).start();
                """);
        Message update = client.next("update_display_data");
        assertEquals("later", data(update).get("text/plain").getAsString());
    }

    @Test
    void outputCanBeCleared() {
        Result result = client.execute("display(\"a\");\nclearOutput();\ndisplay(\"b\");");
        assertTrue(result.only("clear_output").content().get("wait").getAsBoolean());
    }

    @Test
    void anErrorIsPublishedAndReplied() {
        Result result = client.execute("int a = 1;\nint b = a / 0;");
        Message error = result.only("error");
        assertEquals("ArithmeticException", error.text("ename"));
        assertEquals("/ by zero", error.text("evalue"));
        JsonElement first = error.content().getAsJsonArray("traceback").get(0);
        assertTrue(
                first.getAsString().contains("java.lang.ArithmeticException: / by zero"),
                first.toString());
        assertEquals("error", result.reply().get("status").getAsString());
        assertEquals("ArithmeticException", result.reply().get("ename").getAsString());
    }

    @Test
    void cellsQueuedBehindAFailedOneAreNotRun() {
        String failing = client.start("Thread.sleep(300);\nthrow new IllegalStateException();");
        String queued = client.start("System.out.println(\"ran\");");
        assertEquals("error", client.finish(failing).reply().get("status").getAsString());
        Result aborted = client.finish(queued);
        assertEquals("aborted", aborted.reply().get("status").getAsString());
        assertEquals("", aborted.stream("stdout"));
        assertEquals("ran\n", client.execute("System.out.println(\"ran\");").stream("stdout"));
    }

    @Test
    void completesWithSortedDistinctNames() {
        String code = "import java.util.concurrent.*;\nvar text = \"abc\";\ntext.sub";
        JsonObject reply = client.ask("complete_request", at(code, code.length()));
        List<String> matches = new ArrayList<>();
        reply.getAsJsonArray("matches").forEach(match -> matches.add(match.getAsString()));
        assertEquals(List.of("subSequence(", "substring("), matches);
        assertEquals(code.length() - 3, reply.get("cursor_start").getAsInt());
        assertEquals(code.length(), reply.get("cursor_end").getAsInt());
    }

    @Test
    void completesAndInspectsEveryWord() {
        List<String> matches = new ArrayList<>();
        client.ask("complete_request", at("", 0))
                .getAsJsonArray("matches")
                .forEach(match -> matches.add(match.getAsString()));
        for (Method word : Tunebook.class.getMethods()) {
            if (!Modifier.isStatic(word.getModifiers())) continue;
            String start = word.getName() + "(";
            assertTrue(matches.stream().anyMatch(match -> match.startsWith(start)), start);
        }
        JsonObject lora = client.ask("inspect_request", at("lora(", 5));
        assertTrue(lora.toString().contains("(int rank)"), lora::toString);
    }

    @Test
    void inspectsWithParameterNames() {
        String code = "var e = new tunebook.core.TunebookException";
        JsonObject reply = client.ask("inspect_request", at(code, code.length()));
        assertTrue(reply.get("found").getAsBoolean(), reply.toString());
        String text = reply.getAsJsonObject("data").get("text/plain").getAsString();
        assertTrue(
                text.contains("TunebookException(String where, String what, String mend)"), text);
        assertFalse(
                client.ask("inspect_request", at("nothingSuch", 5)).get("found").getAsBoolean());
    }

    @Test
    void saysWhetherCodeIsComplete() {
        JsonObject content = new JsonObject();
        content.addProperty("code", "for (int i = 0; i < 3; i++) {");
        JsonObject reply = client.ask("is_complete_request", content);
        assertEquals("incomplete", reply.get("status").getAsString());
        content.addProperty("code", "int a = 1");
        assertEquals(
                "complete", client.ask("is_complete_request", content).get("status").getAsString());
    }

    @Test
    void magicsOfTheTopAreObeyed() {
        Result timed = client.execute("%%time\n1 + 1");
        assertTrue(
                timed.stream("stdout").matches("time: \\d+\\.\\d{3} s\n"), timed.stream("stdout"));
        assertEquals("2", data(timed.only("execute_result")).get("text/plain").getAsString());
        Result unknown = client.execute("%nothing");
        assertEquals(
                "%nothing: there is no such magic. Mend: use %jars PATH, %maven"
                        + " GROUP:ARTIFACT:VERSION or %%time",
                unknown.only("error").text("evalue"));
    }

    /** Interrupts the cell when it has printed, and tells how long it took to end. */
    private static double interrupted(String code, String message) {
        String id = client.start(code);
        client.next("stream");
        long begin = System.nanoTime();
        client.askControl("interrupt_request", new JsonObject());
        Result result = client.finish(id);
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertEquals("Interrupted", result.only("error").text("ename"));
        assertTrue(
                result.only("error").text("evalue").startsWith(message),
                result.only("error").text("evalue"));
        assertEquals(
                "2",
                data(client.execute("1 + 1").only("execute_result"))
                        .get("text/plain")
                        .getAsString());
        return seconds;
    }

    @Test
    void interruptEndsEveryKindOfCell() throws Exception {
        double sleeping =
                interrupted("{ System.out.println(\"a\"); Thread.sleep(60_000); }", "interrupted");
        double busy =
                interrupted(
                        "for (long n = 0; ; n++) if (n == 0) System.out.println(\"a\");",
                        "interrupted: the cell did not stop and was left behind");
        double polling =
                interrupted(
                        """
                        var stop = new java.util.concurrent.atomic.AtomicBoolean();
                        var steps = new java.util.concurrent.atomic.AtomicInteger();
                        var training = new Thread(() -> { while (!stop.get()) steps.incrementAndGet(); });
                        var hook = tunebook.notebook.Host.current().onInterrupt(() -> stop.set(true));
                        training.start();
                        { System.out.println("a"); training.join(); }
                        """,
                        "interrupted");
        System.out.printf(
                "interrupt: sleeping %.2f s, busy loop %.2f s, polling worker %.2f s%n",
                sleeping, busy, polling);
        assertTrue(Math.max(Math.max(sleeping, busy), polling) <= 2, "interrupted within 2 s");
        Result after = client.execute("training.isAlive()");
        assertEquals("false", data(after.only("execute_result")).get("text/plain").getAsString());
    }

    @Test
    void aCellLeftBehindEndsWhenItPrints() throws Exception {
        interrupted(
                """
                var runaway = Thread.currentThread();
                while (true) {
                    System.out.println("still here");
                    long until = System.nanoTime() + 3_000_000_000L;
                    while (System.nanoTime() < until) {}
                }
                """,
                "interrupted: the cell did not stop");
        Result after = client.execute("runaway.join(5000);\nrunaway.isAlive()");
        assertEquals("false", data(after.only("execute_result")).get("text/plain").getAsString());
        assertEquals("", after.stream("stdout"));
    }

    @Test
    void shutdownEndsTheProcess(@TempDir Path other) throws Exception {
        try (KernelClient second = new KernelClient(other)) {
            second.ask("kernel_info_request", new JsonObject());
            second.start("while (true) {}");
            long begin = System.nanoTime();
            JsonObject content = new JsonObject();
            content.addProperty("restart", false);
            assertEquals("ok", status(second.askControl("shutdown_request", content)));
            assertTrue(second.process().waitFor(5, TimeUnit.SECONDS), "ended within 5 s");
            System.out.printf("shutdown: %.2f s%n", (System.nanoTime() - begin) / 1e9);
            assertEquals(0, second.process().exitValue());
            assertEquals("", Files.readString(other.resolve("kernel.log")));
        }
    }

    private static String status(JsonObject reply) {
        return reply.has("status") ? reply.get("status").getAsString() : "ok";
    }
}
