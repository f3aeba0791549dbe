package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tunebook.core.AdaptedOps;
import tunebook.core.Attention;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.Engine;
import tunebook.core.Linear;
import tunebook.core.Norm;
import tunebook.core.Ops;
import tunebook.core.Precision;
import tunebook.core.Program;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.Configurations;
import tunebook.model.Head;
import tunebook.model.Model;
import tunebook.model.Programs;
import tunebook.support.Shared;
import tunebook.train.Generator;
import tunebook.train.Sampling;

/** Holds GPT-2 to PyTorch's numbers, and minGPT to its own. */
class GoldenGpt2Test {
    private final Engine engine = new Nd4jEngine(2);

    private static Backbone backbone(Path folder) throws Exception {
        Model model =
                Configurations.read("config", Files.readString(folder.resolve("config.json")));
        Weights file = SafeTensors.read(folder.resolve("model.safetensors"));
        return new Backbone("gpt2-random", model, model.fromFile(file), null);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BFLOAT16")
    void logitsLossAndEveryGradientAgree(Precision precision) throws Exception {
        Path folder = Shared.path("goldens/gpt2-random");
        boolean exact = precision == Precision.DOUBLE;
        Backbone backbone = backbone(folder);
        Weights golden = SafeTensors.read(folder.resolve("golden.safetensors"));
        JsonObject numbers =
                JsonParser.parseString(Files.readString(folder.resolve("golden.json")))
                        .getAsJsonObject();
        int[] ids = integers(golden.get("input_ids"));
        int[] targets = integers(golden.get("targets"));
        int time = golden.get("targets").shape().size(1);
        int count = targets.length / time;
        int[] lengths = new int[count];
        for (int i = 0; i < targets.length; i++)
            if (targets[i] != -100) lengths[i / time] = i % time + 1;
        Sequences rows = new Sequences(lengths);
        int[] tokens = new int[rows.rows()];
        int[] every = IntStream.range(0, rows.rows()).toArray();
        int[] at = new int[rows.rows() - count];
        int[] next = new int[at.length];
        for (int s = 0, n = 0; s < count; s++) {
            for (int t = 0; t < lengths[s]; t++) {
                tokens[rows.start(s) + t] = ids[s * time + t];
                if (t == 0) continue;
                at[n] = rows.start(s) + t - 1;
                next[n++] = targets[s * time + t];
            }
        }
        Batch text = Batch.text(rows, tokens, new int[tokens.length]);
        Programs programs =
                new Programs(backbone.model(), backbone.model().languageHead(), Decorator.NONE, 0);
        try (Engine.Held held = engine.hold(Weights.none(), precision);
                Session session = engine.open(held, backbone.weights(), 1)) {
            double[] logits = session.evaluate(programs.logits(), text.predicted(every)).doubles();
            double[] want = golden.get("logits").doubles();
            int words = golden.get("logits").shape().size(2);
            for (int s = 0; s < count; s++)
                for (int t = 0; t < lengths[s]; t++)
                    for (int w = 0; w < words; w++)
                        assertEquals(
                                want[(s * time + t) * words + w],
                                logits[(rows.start(s) + t) * words + w],
                                exact ? 1e-9 : 1e-4);
            double loss =
                    session.accumulate(programs.loss(), text.predicted(at).labels(next, null), 1);
            assertEquals(numbers.get("loss").getAsDouble(), loss, exact ? 1e-9 : 1e-4);
            int compared = 0;
            for (String name : golden.names()) {
                if (!name.startsWith("grad.")) continue;
                String weight = name.substring("grad.".length());
                Weights one = Weights.of(Map.of(weight, golden.get(name)));
                double[] expected = backbone.model().fromFile(one).get(weight).doubles();
                double[] got = session.gradients().get(weight).doubles();
                double difference = 0;
                double size = 0;
                for (int i = 0; i < expected.length; i++) {
                    difference += Math.pow(expected[i] - got[i], 2);
                    size += Math.pow(expected[i], 2);
                }
                assertTrue(
                        Math.sqrt(difference / size) < (exact ? 1e-7 : 1e-3),
                        name + " " + Math.sqrt(difference / size));
                compared++;
            }
            assertEquals(28, compared, "gradients");
        }
    }

    private static int[] integers(Tensor tensor) {
        return Arrays.stream(tensor.doubles()).mapToInt(d -> (int) d).toArray();
    }

    @Test
    void greedyTokensAgreeWithAndWithoutTheCache() throws Exception {
        Path folder = Shared.path("goldens/gpt2-random");
        Backbone backbone = backbone(folder);
        int[] want =
                integers(SafeTensors.read(folder.resolve("golden.safetensors")).get("generated"));
        try (Generator generator = new Generator(engine, backbone)) {
            int[] prompt = Arrays.copyOf(want, 4);
            assertArrayEquals(want, generator.tokens(prompt, 10, Sampling.GREEDY));
            for (int n = 5; n <= want.length; n++)
                assertArrayEquals(
                        Arrays.copyOf(want, n),
                        generator.tokens(Arrays.copyOf(want, n - 1), 1, Sampling.GREEDY));
            assertEquals(103, generator.tokens(prompt, 99, Sampling.GREEDY).length, "beyond 24");
            Sampling drawn = Sampling.temperature(1).topK(5).topP(0.9).seed(7);
            int[] once = generator.tokens(prompt, 12, drawn);
            assertArrayEquals(once, generator.tokens(prompt, 12, drawn), "equal seeds");
            assertFalse(Arrays.equals(once, generator.tokens(prompt, 12, drawn.seed(8))));
            assertThrows(
                    TunebookException.class,
                    () -> generator.tokens(new int[0], 1, Sampling.GREEDY));
        }
    }

    /** Remembers what block 0 computes, by the name of the site that computes it. */
    private static final class Watching<T> extends AdaptedOps<T> {
        private final Map<String, T> seen = new HashMap<>();

        Watching(Ops<T> inner) {
            super(inner);
        }

        private T saw(String name, T value) {
            seen.putIfAbsent(name.replace("transformer.h.0.", ""), value);
            return value;
        }

        @Override
        public T linear(T x, Linear site) {
            return saw(site.name(), inner.linear(x, site));
        }

        @Override
        public T layerNorm(T x, Norm site) {
            return saw(site.name(), inner.layerNorm(x, site));
        }

        @Override
        public T geluTanh(T x) {
            return saw("gelu", inner.geluTanh(x));
        }

        @Override
        public T attention(T q, T k, T v, Attention site) {
            saw("q", q);
            saw("k", k);
            saw("v", v);
            return saw("attn", inner.attention(q, k, v, site));
        }

        /** What was seen must stay as it was. */
        @Override
        public T addInto(T sum, T more) {
            return add(sum, more);
        }

        @Override
        public T add(T a, T b) {
            T sum = inner.add(a, b);
            String[] names = {"x", "attnResid", "mlpResid"};
            for (String name : names) {
                if (!seen.containsKey(name)) return saw(name, sum);
            }
            return sum;
        }
    }

    @Test
    void everyActivationOfMinGptsFirstBlockAndItsProbabilitiesAgree() throws Exception {
        Path folder = Shared.path("data/weights/gpt-nano-sort");
        JsonObject file = json(folder.resolve("gpt-nano-sort-model.json"));
        JsonObject golden = json(folder.resolve("gpt-nano-sort-t0-partials.json"));
        Model model = Configurations.read("config", file.get("config").toString());
        Map<String, Tensor> tensors = new HashMap<>();
        for (String name : file.keySet())
            if (!name.equals("config")) tensors.put(name, tensor(file, name));
        Backbone backbone =
                new Backbone("gpt-nano", model, model.fromFile(Weights.of(tensors)), null);
        int[] tokens = integers(golden);
        Batch batch =
                Batch.text(new Sequences(11, 11, 11), tokens, new int[33])
                        .predicted(IntStream.range(0, 33).toArray());
        Map<String, String> names = new HashMap<>();
        names.put("x", "x");
        names.put("ln_1", "ln1");
        names.put("attn.c_attn", "qkv");
        names.put("attn", "y");
        names.put("attn.c_proj", "yProj");
        names.put("attnResid", "attnResid");
        names.put("ln_2", "ln2");
        names.put("mlp.c_fc", "fc");
        names.put("gelu", "gelu");
        names.put("mlp.c_proj", "mlp");
        names.put("mlpResid", "mlpResid");
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Session session = engine.open(held, Weights.none(), 1)) {
            for (Map.Entry<String, String> name : names.entrySet()) {
                assertArrayEquals(
                        floats(golden, name.getValue()),
                        session.evaluate(block(model, name.getKey()), batch).floats(),
                        1e-4f,
                        name.getValue());
            }
            for (String part : new String[] {"q", "k", "v"}) {
                assertArrayEquals(
                        byRows(floats(golden, part), 3, 11, 16),
                        session.evaluate(block(model, part), batch).floats(),
                        1e-4f,
                        part);
            }
            Head head = model.languageHead();
            Program logits = new Programs(model, head, Decorator.NONE, 0).logits();
            float[] got = session.evaluate(logits, batch).floats();
            float[] want = floats(golden, "probs");
            for (int row = 0; row < 33; row++) {
                double sum = 0;
                for (int j = 0; j < 3; j++) sum += Math.exp(got[row * 3 + j]);
                for (int j = 0; j < 3; j++)
                    assertEquals(want[row * 3 + j], Math.exp(got[row * 3 + j]) / sum, 1e-4);
            }
        }
    }

    private static Program block(Model model, String name) {
        return new Program() {
            @Override
            public <T> T run(Ops<T> ops) {
                Watching<T> watching = new Watching<>(ops);
                model.block(watching, 0, model.embed(watching));
                return watching.seen.get(name);
            }
        };
    }

    /** [3, heads, time, width] as rows of all heads. */
    private static float[] byRows(float[] heads, int count, int time, int width) {
        float[] rows = new float[heads.length];
        for (int i = 0; i < heads.length; i++) {
            int w = i % width;
            int t = i / width % time;
            int h = i / width / time % count;
            int s = i / width / time / count;
            rows[((s * time + t) * count + h) * width + w] = heads[i];
        }
        return rows;
    }

    private static JsonObject json(Path file) throws Exception {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    private static ByteBuffer bytes(JsonObject file, String name) {
        String data = file.getAsJsonObject(name).get("data").getAsString();
        return ByteBuffer.wrap(Base64.getDecoder().decode(data)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static float[] floats(JsonObject file, String name) {
        FloatBuffer buffer = bytes(file, name).asFloatBuffer();
        float[] floats = new float[buffer.remaining()];
        buffer.get(floats);
        return floats;
    }

    private static Tensor tensor(JsonObject file, String name) {
        int[] sizes =
                file.getAsJsonObject(name).getAsJsonArray("shape").asList().stream()
                        .mapToInt(e -> e.getAsInt())
                        .toArray();
        return Tensor.of(floats(file, name), sizes);
    }

    private static int[] integers(JsonObject file) {
        boolean whole = file.getAsJsonObject("idx").get("dtype").getAsString().contains("float");
        int[] ids = new int[33];
        ByteBuffer bytes = bytes(file, "idx");
        int size = bytes.remaining() / 33;
        for (int i = 0; i < 33; i++)
            ids[i] = whole ? (int) bytes.getFloat(i * size) : (int) bytes.get(i * size);
        return ids;
    }
}
