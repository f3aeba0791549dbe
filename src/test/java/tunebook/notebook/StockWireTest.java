package tunebook.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.notebook.KernelClient.Message;
import tunebook.notebook.KernelClient.Result;

/** Kernels that are not ours, as processes, spoken to as Jupyter does. */
class StockWireTest {
    @TempDir Path folder;

    @Test
    void inIJavaOneCallIsAllItTakes() throws Exception {
        try (KernelClient client = new KernelClient(folder, "io.github.spencerpark.ijava.IJava")) {
            first(client);
            client.execute("import static tunebook.Tunebook.*;");
            client.execute("init();");
            showsWhatAStudyShows(client);
        }
    }

    @Test
    void inJJavaNothingIsToBeCalled() throws Exception {
        try (KernelClient client = new KernelClient(folder, StockJJava.class.getName())) {
            first(client);
            showsWhatAStudyShows(client);
        }
    }

    /** A subscription takes a moment. */
    private static void first(KernelClient client) throws InterruptedException {
        client.ask("kernel_info_request", new JsonObject());
        Thread.sleep(200);
        Result sum = client.execute("40 + 2");
        assertEquals("42", data(sum.only("execute_result")).get("text/plain").getAsString());
    }

    private static void showsWhatAStudyShows(KernelClient client) {
        assertEquals("ok", client.execute(STUDY).reply().get("status").getAsString());
        Result ran = client.execute("var result = study.run();");
        assertEquals("ok", ran.reply().get("status").getAsString(), ran::toString);
        Message live = ran.all("display_data").get(0);
        assertTrue(html(live).contains("0 of 2 runs"), live::toString);
        List<Message> updates = ran.all("update_display_data");
        assertTrue(!updates.isEmpty(), ran::toString);
        for (Message update : updates) assertEquals(place(live), place(update));
        Message shown = client.execute("result").only("execute_result");
        assertTrue(html(shown).contains("<table") && html(shown).contains("accuracy"));
        Message chart =
                client.execute("result.plot(accuracy().against(seconds()))").only("execute_result");
        assertTrue(html(chart).contains("alt=\"Accuracy against"), chart::toString);
        assertEquals("2", text(client.execute("study.recipes().size() + 1")), "nothing was lost");
    }

    private static final String STUDY =
            """
            var data = table(java.nio.file.Path.of("datasets/clinic-reviews.csv").toString())
                .text("review").label("mood").split(0.7, 0.15, 0.15).sample(40);
            var study = study("stock?").backbone(pretrained("tiny-english")).data(data)
                .recipes(featureExtraction().epochs(2)).controls(majority()).limit(16).seeds(2)
                .store(java.nio.file.Files.createTempDirectory("stock").resolve("runs.db"));
            """;

    private static JsonObject data(Message message) {
        return message.content().getAsJsonObject("data");
    }

    private static String html(Message message) {
        return data(message).get("text/html").getAsString();
    }

    private static String text(Result result) {
        return data(result.only("execute_result")).get("text/plain").getAsString();
    }

    private static String place(Message message) {
        return message.content().getAsJsonObject("transient").get("display_id").getAsString();
    }
}
