package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Program;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.Configurations;
import tunebook.model.Model;
import tunebook.model.Programs;
import tunebook.support.Shared;

/** Holds ResNet to PyTorch's numbers. */
class GoldenResNetTest {
    private static final String AFTER = "after.";
    private static final String FROZEN = "frozen_bn.grad.";
    private final Engine engine = new Nd4jEngine(2);

    private static boolean learnsBesideNorms(String name) {
        return !name.matches("(.*\\.)?bn\\d\\.weight");
    }

    private record Reference(Backbone backbone, Weights golden, JsonObject numbers, Batch batch) {
        static Reference read() throws Exception {
            Path folder = Shared.path("goldens/resnet-random");
            Model model =
                    Configurations.read("config", Files.readString(folder.resolve("config.json")));
            Weights file = SafeTensors.read(folder.resolve("model.safetensors"));
            Weights golden = SafeTensors.read(folder.resolve("golden.safetensors"));
            Tensor labels = golden.get("labels");
            int[] right = new int[labels.shape().size(0)];
            for (int i = 0; i < right.length; i++) right[i] = (int) labels.get(i);
            return new Reference(
                    new Backbone("resnet-random", model, model.fromFile(file), null),
                    golden,
                    JsonParser.parseString(Files.readString(folder.resolve("golden.json")))
                            .getAsJsonObject(),
                    Batch.images(right.length, channelsLast(golden.get("pixels")))
                            .labels(right, null));
        }

        Programs programs() {
            return new Programs(
                    backbone.model(), backbone.model().classifier(5), Decorator.NONE, 0);
        }

        /** A gradient in the shape that the model has the weight in. */
        double[] expected(String prefix, String weight) {
            Weights one = Weights.of(Map.of(weight, golden.get(prefix + weight)));
            return backbone.model().fromFile(one).get(weight).doubles();
        }
    }

    private static Tensor channelsLast(Tensor pixels) {
        int n = pixels.shape().size(0);
        int c = pixels.shape().size(1);
        int size = pixels.shape().size(2) * pixels.shape().size(3);
        double[] rows = new double[n * size * c];
        for (int i = 0; i < n; i++)
            for (int k = 0; k < c; k++)
                for (int p = 0; p < size; p++)
                    rows[(i * size + p) * c + k] = pixels.get((i * c + k) * size + p);
        return Tensor.of(rows, n * size, c);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BFLOAT16")
    void logitsLossesAndEveryGradientAgree(Precision precision) throws Exception {
        boolean exact = precision == Precision.DOUBLE;
        Reference reference = Reference.read();
        Programs programs = reference.programs();
        try (Engine.Held held = engine.hold(Weights.none(), precision);
                Session session = engine.open(held, reference.backbone().weights(), 1)) {
            assertArrayEquals(
                    reference.golden().get("eval.logits").doubles(),
                    session.evaluate(programs.logits(), reference.batch()).doubles(),
                    exact ? 1e-9 : 1e-4);
            assertEquals(
                    reference.numbers().get("eval.loss").getAsDouble(),
                    session.evaluate(programs.loss(), reference.batch()).get(0),
                    exact ? 1e-9 : 1e-4);
            assertEquals(
                    reference.numbers().get("train.loss").getAsDouble(),
                    session.accumulate(programs.loss(), reference.batch(), 1),
                    exact ? 1e-9 : 1e-4);
            int compared = 0;
            for (String name : reference.golden().names()) {
                if (!name.startsWith(AFTER)) continue;
                assertArrayEquals(
                        reference.golden().get(name).doubles(),
                        session.learned().get(name.substring(AFTER.length())).doubles(),
                        exact ? 1e-9 : 1e-4,
                        name);
                compared++;
            }
            assertEquals(14, compared, "running statistics");
            assertEquals(23, gradients(reference, "grad.", session, exact, name -> true));
        }
    }

    /**
     * Gains that are frozen leave their norms in inference mode; all else learns. The reference
     * went forward by the running statistics of the file, and back by those that its training pass
     * had left meanwhile: what lies above the last norm agrees, and behind it each channel is off
     * by the ratio of the two deviations.
     */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BFLOAT16")
    void gradientsThroughAFrozenNormAgree(Precision precision) throws Exception {
        boolean exact = precision == Precision.DOUBLE;
        Reference reference = Reference.read();
        Weights weights = reference.backbone().weights();
        try (Engine.Held held = engine.hold(Weights.none(), precision);
                Session session = engine.open(held, weights, 1)) {
            session.activate(GoldenResNetTest::learnsBesideNorms);
            assertEquals(
                    reference.numbers().get("eval.loss").getAsDouble(),
                    session.accumulate(reference.programs().loss(), reference.batch(), 1),
                    exact ? 1e-9 : 1e-4);
            Predicate<String> above = name -> name.matches("linear.*|layer3.0.bn2.bias");
            assertEquals(3, gradients(reference, FROZEN, session, exact, above));
            String norm = "layer3.0.bn2.running_var";
            double[] expected = reference.expected(FROZEN, "layer3.0.conv2.weight");
            double[] got = session.gradients().get("layer3.0.conv2.weight").doubles();
            int columns = got.length / 32;
            for (int i = 0; i < got.length; i++) {
                double before = weights.get(norm).get(i / columns) + 1e-5;
                double after = reference.golden().get(AFTER + norm).get(i / columns) + 1e-5;
                assertEquals(expected[i], got[i] * Math.sqrt(before / after), exact ? 1e-12 : 1e-6);
            }
            for (String name : session.learned().names())
                if (name.contains(".running_"))
                    assertArrayEquals(
                            weights.get(name).floats(), session.learned().get(name).floats(), name);
        }
    }

    /** Along each gradient the loss rises by the gradient's square. */
    @Test
    void gradientsThroughAllFrozenNormsAgreeWithCentralDifferences() throws Exception {
        Reference reference = Reference.read();
        Program loss = reference.programs().loss();
        Weights weights = reference.backbone().weights();
        try (Engine.Held held = engine.hold(Weights.none(), Precision.DOUBLE);
                Session session = engine.open(held, weights, 1)) {
            session.activate(GoldenResNetTest::learnsBesideNorms);
            session.accumulate(loss, reference.batch(), 1);
            Weights gradients = session.gradients();
            int compared = 0;
            for (String name : gradients.names()) {
                if (!learnsBesideNorms(name) || name.contains(".running_")) continue;
                double square = 0;
                for (double g : gradients.get(name).doubles()) square += g * g;
                double step = 1e-5 / Math.sqrt(square);
                session.restore(moved(weights, gradients, name, step));
                double above = session.evaluate(loss, reference.batch()).get(0);
                session.restore(moved(weights, gradients, name, -step));
                double below = session.evaluate(loss, reference.batch()).get(0);
                assertEquals(square, (above - below) / (2 * step), 1e-5 * square, name);
                compared++;
            }
            assertEquals(16, compared);
        }
    }

    private static Weights moved(Weights weights, Weights along, String name, double step) {
        double[] values = weights.get(name).doubles();
        for (int i = 0; i < values.length; i++) values[i] += step * along.get(name).get(i);
        int[] sizes =
                weights.get(name).shape().sizes().stream().mapToInt(Integer::intValue).toArray();
        return weights.with(Weights.of(Map.of(name, Tensor.of(values, sizes))));
    }

    /** Compares by relative distance; answers how many. */
    private static int gradients(
            Reference reference,
            String prefix,
            Session session,
            boolean exact,
            Predicate<String> which) {
        Weights gradients = session.gradients();
        int compared = 0;
        for (String name : reference.golden().names()) {
            if (!name.startsWith(prefix)) continue;
            String weight = name.substring(prefix.length());
            if (!which.test(weight)) continue;
            double[] expected = reference.expected(prefix, weight);
            double[] got = gradients.get(weight).doubles();
            double difference = 0;
            double size = 0;
            for (int i = 0; i < expected.length; i++) {
                difference += Math.pow(expected[i] - got[i], 2);
                size += Math.pow(expected[i], 2);
            }
            assertTrue(size > 0, name);
            assertTrue(
                    Math.sqrt(difference / size) < (exact ? 1e-7 : 1e-3),
                    name + ": " + Math.sqrt(difference / size));
            compared++;
        }
        return compared;
    }
}
