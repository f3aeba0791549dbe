package tunebook.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tunebook.cli.KernelCommand;
import tunebook.support.Torture;

/** How long a person waits for the kernel that {@code kernel install} writes, from its start on. */
class ColdStartTest {
    private static final int TIMES = Torture.times(1, 5);

    /** Seconds: other work may run beside the test as usual, nothing beside the one in full. */
    private static final double ANSWER = Torture.times(20, 4);

    private static final double COMPLETION = Torture.times(10, 1);

    /** Milliseconds, until a person has begun a word and asks how it goes on. */
    private static final int WRITING = 2000;

    @Test
    void theKernelAnswersAndCompletesSoon(@TempDir Path folder) throws Exception {
        String[] install = {"install", "--prefix", folder.toString()};
        assertEquals(0, new CommandLine(new KernelCommand()).execute(install));
        Path file = folder.resolve("share/jupyter/kernels/tunebook/kernel.json");
        JsonObject spec = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        List<String> command = new ArrayList<>();
        spec.getAsJsonArray("argv").forEach(word -> command.add(word.getAsString()));
        Map<String, String> environment = new HashMap<>();
        for (Map.Entry<String, JsonElement> variable : spec.getAsJsonObject("env").entrySet()) {
            environment.put(variable.getKey(), variable.getValue().getAsString());
        }
        double[] answers = new double[TIMES];
        double[] completions = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long begin = System.nanoTime();
            try (KernelClient client = new KernelClient(folder, environment, command)) {
                client.ask("kernel_info_request", new JsonObject());
                answers[i] = seconds(begin);
                Thread.sleep(WRITING);
                long asked = System.nanoTime();
                JsonObject content = new JsonObject();
                content.addProperty("code", "pretr");
                content.addProperty("cursor_pos", 5);
                String found = client.ask("complete_request", content).get("matches").toString();
                completions[i] = seconds(asked);
                assertTrue(found.contains("pretrained("), found);
            }
        }
        System.out.printf(
                "kernel: answers after %s s, completes two seconds later within %s s%n",
                words(answers), words(completions));
        assertTrue(median(answers) < ANSWER, () -> "answers after " + words(answers) + " s");
        assertTrue(
                median(completions) < COMPLETION,
                () -> "first completion after " + words(completions) + " s");
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String words(double[] values) {
        return String.join(", ", Arrays.stream(values).mapToObj("%.2f"::formatted).toList());
    }
}
