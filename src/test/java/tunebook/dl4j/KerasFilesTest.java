package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.Precision;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;

/** What Keras's files may hold, and what is refused before anything is made of it. */
class KerasFilesTest {
    @TempDir private Path folder;

    /** By hand: y = softmax(dense(flatten(norm(relu(conv(x)))))). */
    private static double[] byHand(float[][] image) {
        float[][] kernel = {{1, -2, 3}, {0.5f, 1.5f, -0.25f}};
        double[] bias = {0.1, 0.2, -0.3};
        double[] beta = {1, 2, 3};
        double[] mean = {0.5, -0.5, 0.25};
        double[] variance = {1, 2, 4};
        double[] flat = new double[6];
        for (int row = 0; row < 2; row++) {
            for (int c = 0; c < 3; c++) {
                double sum = bias[c] + kernel[0][c] * image[row][0] + kernel[1][c] * image[row][1];
                flat[row * 3 + c] =
                        (Math.max(0, sum) - mean[c]) / Math.sqrt(variance[c] + 0.001) + beta[c];
            }
        }
        double[] logits = {0.5, -0.5};
        for (int i = 0; i < 12; i++) logits[i % 2] += flat[i / 2] * ((i * 7 % 12 - 6) / 10f);
        return Nets.softmax(logits, 2);
    }

    private static void answersRight(Backbone backbone) {
        float[][] image = {{0.3f, -0.7f}, {1.1f, 0.9f}};
        INDArray x = Nd4j.create(new float[] {0.3f, -0.7f, 1.1f, 0.9f}, new long[] {1, 2, 2, 1});
        double[] logits = Nets.ours(backbone, Nets.batch(x, CNN2DFormat.NHWC), Precision.FLOAT);
        assertArrayEquals(byHand(image), Nets.softmax(logits, 2), 1e-6);
        assertArrayEquals(byHand(image), Nets.theirs(Dl4j.network(backbone), x), 1e-6);
    }

    @Test
    void twoFilesAreReadAndAnswerWhatComputingByHandGives() throws IOException {
        Backbone backbone =
                Keras.read(TinyKeras.json(folder, TinyKeras.json()), TinyKeras.h5(folder, null));
        assertEquals("tiny", backbone.name());
        answersRight(backbone);
    }

    @Test
    void oneFileIsRead() {
        answersRight(Keras.read(TinyKeras.h5(folder, TinyKeras.json())));
    }

    @Test
    void twoReadingsAreTheSameToTheBit() throws IOException {
        Path json = TinyKeras.json(folder, TinyKeras.json());
        Path h5 = TinyKeras.h5(folder, null);
        Backbone one = Keras.read(json, h5);
        Backbone two = Keras.read(json, h5);
        assertEquals(one.weights().sha256(), two.weights().sha256());
        assertEquals(one.model().configuration(), two.model().configuration());
    }

    /** A model's text and the words it is refused with. */
    private record Bad(String name, String json, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Bad bad(String name, String from, String to, String words) {
        String json = TinyKeras.json();
        if (!json.contains(from)) throw new IllegalArgumentException(from);
        return new Bad(name, json.replace(from, to), words);
    }

    private static Bad layer(String name, String className, String words) {
        String layer =
                """
                {"class_name": "%s", "config": {"name": "odd", "function": "cos\\nsystem"}}
                """
                        .formatted(className);
        return new Bad(name, TinyKeras.json(TinyKeras.CONVOLUTION, layer), words);
    }

    static Stream<Bad> badModels() {
        return Stream.of(
                new Bad("empty", "", "is not one JSON object"),
                new Bad("a list", "[]", "is not one JSON object"),
                new Bad("two objects", TinyKeras.json() + "{}", "is not"),
                new Bad("cut off", TinyKeras.json().substring(0, 300), "is not a JSON object"),
                new Bad("deep", "[".repeat(100_000), "is not a JSON object"),
                new Bad("pickle", "\u0080\u0004cos\nsystem\n", "is not a JSON object"),
                layer("lambda", "Lambda", "layer odd: class lambda is not served"),
                layer("operation", "TFOpLambda", "class tfoplambda is not served"),
                layer("custom layer", "EvilLayer", "class evillayer is not served"),
                layer("Java class", "java.lang.Runtime", "class java.lang.runtime is not served"),
                layer("markup", "<b>x</b>", "class ?b?x??b? is not served"),
                layer("recurrent", "LSTM", "class lstm is not served"),
                layer("wrapper", "TimeDistributed", "class timedistributed is not served"),
                layer("nested", "Sequential", "class sequential is not served"),
                bad(
                        "custom initializer",
                        "\"GlorotUniform\"",
                        "\"builtins>eval\"",
                        "class builtins?eval is not served"),
                bad("another kind", "\"Sequential\"", "\"Evil\"", "is a Evil"),
                bad("Keras 3", "2.2.4-tf", "3.4.1", "keras_version is 3.4.1"),
                bad("Theano", "\"tensorflow\"", "\"theano\"", "backend is theano"),
                bad(
                        "channels first",
                        "channels_last\",\n \"dilation",
                        "channels_first\",\n \"dilation",
                        "data_format is channels_first"),
                bad(
                        "same names",
                        "\"name\": \"norm\"",
                        "\"name\": \"conv\"",
                        "layer name \"conv\""),
                bad("no size", "[null, 2, 2, 1]", "[null, null, null, 1]", "DL4J cannot translate"),
                bad("no layers", "\"layers\"", "\"lairs\"", "has no list of layers"),
                bad("other width", "\"filters\": 3", "\"filters\": 4", "is [1, 2, 1, 3] where"),
                bad("other units", "\"units\": 2", "\"units\": 5", "is [6, 2] where"),
                bad(
                        "other kernel",
                        "[1, 2], \"padding\"",
                        "[2, 1], \"padding\"",
                        "where the model"),
                bad("huge", "\"units\": 2", "\"units\": 2147483647", "where the model"),
                bad("beyond int", "\"units\": 2", "\"units\": 99999999999", "cannot translate"),
                bad("below 1", "\"units\": 2", "\"units\": -2", "nOut"),
                bad("huge kernel", "[1, 2], \"p", "[1, 2147483647], \"p", "kernel"),
                bad("huge image", "[null, 2, 2, 1]", "[null, 99999, 99999, 1]", "99999×99999×1"),
                bad("unknown function", "\"softmax\"", "\"mish\"", "activation function mish"),
                bad("scale", "\"scale\": false", "\"scale\": true", "have no gamma"),
                bad("no weights", "\"name\": \"dense\"", "\"name\": \"other\"", "layer other"));
    }

    @ParameterizedTest
    @MethodSource("badModels")
    void badModelsAreRefusedByName(Bad bad) throws IOException {
        Path json = TinyKeras.json(folder, bad.json());
        Path h5 = TinyKeras.h5(folder, null);
        TunebookException error = assertThrows(TunebookException.class, () -> Keras.read(json, h5));
        assertTrue(error.getMessage().contains(bad.words()), error.getMessage());
    }

    @Test
    void filesThatAreMissingOrOfAnotherKindAreRefusedByName() throws IOException {
        Path json = TinyKeras.json(folder, TinyKeras.json());
        Path h5 = TinyKeras.h5(folder, null);
        Path none = folder.resolve("none");
        refused("is no file", json, none);
        refused("cannot be read", none, h5);
        refused("is no file", json, folder);
        refused("is no unbroken HDF5 file", json, json);
        refused("is no unbroken HDF5 file", json, Files.createFile(folder.resolve("empty")));
        TunebookException weights = assertThrows(TunebookException.class, () -> Keras.read(h5));
        assertTrue(weights.what().contains("only weights"), weights.what());
        Path large = folder.resolve("large.json");
        Files.writeString(large, " ".repeat(17 << 20));
        refused("larger than 16 MiB", large, h5);
    }

    private static void refused(String words, Path json, Path h5) {
        TunebookException error = assertThrows(TunebookException.class, () -> Keras.read(json, h5));
        assertTrue(error.what().contains(words), error.getMessage());
    }

    @Test
    void weightsOfAnotherKindAreRefusedByName() throws IOException {
        Path json = TinyKeras.json(folder, TinyKeras.json());
        Object[] kernels = {new int[1][2][1][3], new float[6], new String[] {"kernel"}};
        String[] words = {"holds no floats", "is [6] where", "where the model"};
        for (int i = 0; i < kernels.length; i++) {
            Path h5 = folder.resolve("other" + i + ".h5");
            try (WritableHdfFile hdf = HdfFile.write(h5)) {
                WritableGroup layer = hdf.putGroup("conv");
                layer.putAttribute("weight_names", new String[] {"conv/kernel:0"});
                layer.putGroup("conv").putDataset("kernel:0", kernels[i]);
            }
            refused(words[i], json, h5);
        }
        Path h5 = folder.resolve("nameless.h5");
        try (WritableHdfFile hdf = HdfFile.write(h5)) {
            hdf.putGroup("conv");
        }
        refused("has no weight_names", json, h5);
    }

    @Test
    void brokenCopiesAreReadOrRefusedAndNothingElse() throws IOException {
        Path json = TinyKeras.json(folder, TinyKeras.json());
        byte[] good = Files.readAllBytes(TinyKeras.h5(folder, null));
        Path h5 = folder.resolve("broken.h5");
        int refused = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] bytes = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--)
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            if (seed % 4 == 0) bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            Files.write(h5, bytes);
            try {
                Keras.read(json, h5);
            } catch (TunebookException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(refused > 75, refused + " refused");
    }
}
