package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Configurations;
import tunebook.model.Model;
import tunebook.model.Programs;

/** Holds RoBERTa and DistilBERT to Hugging Face's; see make_encoders.py beside the numbers. */
class GoldenEncodersTest {
    private static final Path GOLDENS = Path.of("src/test/resources/goldens");
    private final Engine engine = new Nd4jEngine(1);

    @ParameterizedTest
    @ValueSource(strings = {"roberta", "distilbert"})
    void logitsLossesAndEveryGradientAgree(String family) throws Exception {
        Path folder = GOLDENS.resolve(family);
        Model model =
                Configurations.read("config", Files.readString(folder.resolve("config.json")));
        Weights weights = model.fromFile(SafeTensors.read(folder.resolve("model.safetensors")));
        Weights golden = SafeTensors.read(folder.resolve("golden.safetensors"));
        JsonObject losses =
                JsonParser.parseString(Files.readString(folder.resolve("golden.json")))
                        .getAsJsonObject();
        int[] mask = integers(golden, "attention_mask");
        int[] real = IntStream.range(0, mask.length).filter(i -> mask[i] == 1).toArray();
        int[] tokens = pick(integers(golden, "input_ids"), real);
        Batch batch =
                Batch.text(new Sequences(6, 4, 5), tokens, new int[tokens.length])
                        .labels(integers(golden, "labels"), null);
        Programs classes = new Programs(model, model.classifier(3), Decorator.NONE, 0);
        Programs words = new Programs(model, model.languageHead(), Decorator.NONE, 0);
        Batch predicted =
                batch.predicted(IntStream.range(0, tokens.length).toArray())
                        .labels(pick(integers(golden, "tokens"), real), null);
        try (Engine.Held held = engine.hold(Weights.none(), Precision.DOUBLE);
                Session session = engine.open(held, weights, 1)) {
            assertArrayEquals(
                    golden.get("logits").doubles(),
                    session.evaluate(classes.logits(), batch).doubles(),
                    1e-9);
            assertEquals(
                    losses.get("words.loss").getAsDouble(),
                    session.evaluate(words.loss(), predicted).get(0),
                    1e-9);
            assertEquals(
                    losses.get("loss").getAsDouble(),
                    session.accumulate(classes.loss(), batch, 1),
                    1e-9);
            int compared = 0;
            for (String name : golden.names()) {
                if (!name.startsWith("grad.")) continue;
                String weight = name.substring(5);
                Weights one = model.fromFile(Weights.of(Map.of(weight, golden.get(name))));
                double[] want = one.get(weight).doubles();
                double[] got = session.gradients().get(weight).doubles();
                double scale = Arrays.stream(want).map(Math::abs).max().orElse(0);
                assertArrayEquals(want, got, 1e-9 + 1e-8 * scale, weight);
                compared++;
            }
            assertTrue(compared >= 38, compared + " gradients");
        }
        Weights again = model.fromFile(model.toFile(weights));
        for (String name : weights.names())
            assertArrayEquals(weights.get(name).floats(), again.get(name).floats(), name);
        assertEquals(model, Configurations.read("written", model.configuration()));
    }

    private static int[] integers(Weights golden, String name) {
        Tensor tensor = golden.get(name);
        return Arrays.stream(tensor.doubles()).mapToInt(d -> (int) d).toArray();
    }

    private static int[] pick(int[] values, int[] which) {
        return IntStream.of(which).map(i -> values[i]).toArray();
    }
}
