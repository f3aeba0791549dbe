package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;

/** DL4J's zip files: what it saves is read, what others make of it is refused by name. */
class Dl4jFileTest {
    private static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";

    @TempDir private Path folder;
    private MultiLayerNetwork network;
    private Path saved;

    @BeforeEach
    void save() throws IOException {
        network =
                Nets.started(
                        new MultiLayerNetwork(
                                Nets.builder(DataType.FLOAT)
                                        .updater(new Adam(0.01))
                                        .list(
                                                new ConvolutionLayer.Builder(3, 3).nOut(4).build(),
                                                new BatchNormalization(),
                                                new GlobalPoolingLayer(PoolingType.AVG),
                                                output())
                                        .setInputType(InputType.convolutional(5, 5, 2))
                                        .build()));
        saved = folder.resolve("saved.zip");
        ModelSerializer.writeModel(network, saved.toFile(), true);
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static Backbone read(Path file) {
        return Dl4jFile.read(file, 5, 5, 2);
    }

    @Test
    void aSavedNetworkIsReadWithItsBits() {
        INDArray x = Nets.random(DataType.FLOAT, 3, 2, 5, 5);
        MultiLayerNetwork again = (MultiLayerNetwork) Dl4j.network(read(saved));
        assertArrayEquals(Nets.theirs(network, x), Nets.theirs(again, x), 1e-6);
        float[] before = network.getLayer(0).getParam("W").dup('c').data().asFloat();
        assertArrayEquals(before, again.getLayer(0).getParam("W").dup('c').data().asFloat());
    }

    @Test
    void aSavedGraphInDoubleIsReadWithItsBits() throws IOException {
        ComputationGraph graph =
                Nets.started(
                        new ComputationGraph(
                                Nets.builder(DataType.DOUBLE)
                                        .graphBuilder()
                                        .addInputs("in")
                                        .addLayer("out", output(), "in")
                                        .setOutputs("out")
                                        .setInputTypes(InputType.feedForward(4))
                                        .build()));
        Path file = folder.resolve("graph.zip");
        ModelSerializer.writeModel(graph, file.toFile(), false);
        ComputationGraph again = (ComputationGraph) Dl4j.network(Dl4jFile.read(file));
        assertEquals(graph.params(), again.params());
        assertEquals(0, Dl4jFile.read(file).model().blocks());
    }

    /** Fails the test that deserializes it. */
    private static final class Trap implements Serializable {
        private static final long serialVersionUID = 1;
        private static boolean sprung;

        private void readObject(ObjectInputStream in) {
            sprung = true;
        }
    }

    @Test
    void javaObjectsInTheFileAreNotTouched() throws IOException {
        ByteArrayOutputStream trap = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(trap)) {
            out.writeObject(new Trap());
        }
        Map<String, byte[]> entries = entries();
        for (String name : new String[] {"normalizer.bin", "preprocessor.bin", "updater.bin"})
            entries.put(name, trap.toByteArray());
        read(zip(entries));
        assertFalse(Trap.sprung);
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(saved.toFile())) {
            for (ZipEntry entry : zip.stream().toList())
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
        return entries;
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("made.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return file;
    }

    /** A change to the configuration's text and the words it is refused with. */
    private record Bad(String name, String from, String to, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> badConfigurations() {
        String dense = "org.deeplearning4j.nn.conf.layers.ConvolutionLayer";
        String adam = "org.nd4j.linalg.learning.config.Adam";
        return Stream.of(
                new Bad("a script engine", dense, "javax.script.ScriptEngineManager", "names the"),
                new Bad("a loader", adam, "java.net.URLClassLoader", "class java.net.URLClass"),
                new Bad("Spring", adam, "org.springframework.context.X", "names the class org.s"),
                new Bad("the notebook", adam, "tunebook.core.Adam", "names the class tunebook"),
                new Bad("hidden", adam, "java.\\u006cang.Thread", "names the class java.lang.T"),
                new Bad(
                        "of a good package",
                        adam,
                        "org.nd4j.linalg.learning.config.Adam<java.lang.Thread>",
                        "Adam?java.lang.Thread?"),
                new Bad(
                        "of a good package's neighbour",
                        adam,
                        "org.nd4j.linalg.learning.configuration.Adam",
                        "names the class org.nd4j"),
                new Bad(
                        "none there",
                        adam,
                        "org.nd4j.linalg.learning.config.Eve",
                        "DL4J cannot read it"),
                new Bad(
                        "another kind",
                        dense,
                        "org.deeplearning4j.nn.conf.layers.LSTM",
                        "LSTM is not served"),
                new Bad("huge", "\"nout\" : 4", "\"nout\" : 2147483647", "3×3×2147483647"),
                new Bad("beyond long", "\"nout\" : 4", "\"nout\" : 1e99", "DL4J cannot read it"),
                new Bad("below 1", "\"nout\" : 4", "\"nout\" : -4", "nOut is -4"),
                new Bad("kernel", "[ 3, 3 ]", "[ 3, 2000000000 ]", "kernel 2000000000"),
                new Bad("no kernel", "[ 3, 3 ]", "null", "padding is null"),
                new Bad("three kernels", "[ 3, 3 ]", "[ 3, 3, 3 ]", "padding is [3, 3, 3]"),
                new Bad("no layers", "\"confs\"", "\"kings\"", "neither confs nor vertices"),
                new Bad("text", "{", "hello", "is not a JSON object"));
    }

    @ParameterizedTest
    @MethodSource("badConfigurations")
    void badConfigurationsAreRefusedByName(Bad bad) throws IOException {
        Map<String, byte[]> entries = entries();
        String json = new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8);
        assertTrue(json.contains(bad.from()), bad.from());
        String changed = bad.name().equals("text") ? bad.to() : json.replace(bad.from(), bad.to());
        entries.put(CONFIGURATION, changed.getBytes(StandardCharsets.UTF_8));
        refused(bad.words(), zip(entries));
    }

    /** Jackson may look at the first of two names: it gets to see the one that was checked. */
    @Test
    void aClassNamedTwiceIsTheOneThatWasChecked() throws IOException {
        String good = "\"@class\" : \"org.nd4j.linalg.learning.config.Adam\"";
        String bad = "\"@class\" : \"java.lang.Thread\"";
        Map<String, byte[]> entries = entries();
        String json = new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8);
        assertTrue(json.contains(good));
        byte[] badFirst = json.replace(good, bad + "," + good).getBytes(StandardCharsets.UTF_8);
        entries.put(CONFIGURATION, badFirst);
        assertFalse(read(zip(entries)).model().configuration().contains("java.lang.Thread"));
        byte[] badLast = json.replace(good, good + "," + bad).getBytes(StandardCharsets.UTF_8);
        entries.put(CONFIGURATION, badLast);
        refused("names the class java.lang.Thread", zip(entries));
    }

    private static void refused(String words, Path file) {
        TunebookException error = assertThrows(TunebookException.class, () -> read(file));
        assertTrue(error.getMessage().contains(words), error.getMessage());
    }

    @Test
    void filesThatAreNoneOrBrokenAreRefusedByName() throws IOException {
        refused("is no file", folder.resolve("none.zip"));
        refused("is no file", folder);
        Path text = Files.writeString(folder.resolve("text.zip"), "PK but not really");
        refused("is no unbroken zip file", text);
        byte[] bytes = Files.readAllBytes(saved);
        Path half = folder.resolve("half.zip");
        Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
        refused("is no unbroken zip file", half);
        Map<String, byte[]> entries = entries();
        entries.remove(COEFFICIENTS);
        refused("has no coefficients.bin", zip(entries));
        refused("has no configuration.json", zip(Map.of(COEFFICIENTS, new byte[9])));
        entries = entries();
        entries.put(CONFIGURATION, " ".repeat(64 << 20).getBytes(StandardCharsets.UTF_8));
        refused("is larger than 16 MiB", zip(entries));
    }

    @Test
    void badCoefficientsAreRefusedByName() throws IOException {
        Map<String, byte[]> entries = entries();
        byte[] good = entries.get(COEFFICIENTS);
        entries.put(COEFFICIENTS, Arrays.copyOf(good, good.length - 3));
        refused("ends too early", zip(entries));
        entries.put(COEFFICIENTS, new byte[0]);
        refused("ends too early", zip(entries));
        entries.put(COEFFICIENTS, array(Nd4j.ones(DataType.FLOAT, 1, 7)));
        refused("holds 7 numbers where the configuration makes", zip(entries));
        entries.put(COEFFICIENTS, array(Nd4j.ones(DataType.FLOAT, 2, 3, 4)));
        refused("holds a shape of", zip(entries));
        long n = network.numParams();
        entries.put(COEFFICIENTS, array(Nd4j.ones(DataType.FLOAT16, 1, n)));
        refused("holds numbers of type HALF", zip(entries));
        entries.put(COEFFICIENTS, claims(n, Long.MAX_VALUE));
        refused("holds 9223372036854775807 numbers", zip(entries));
        entries.put(COEFFICIENTS, claims(-1, n));
        refused("holds -1 numbers", zip(entries));
    }

    private static byte[] array(INDArray array) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Nd4j.write(array, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static byte[] claims(long columns, long length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("MIXED_DATA_TYPES");
        out.writeLong(8);
        out.writeUTF("LONG");
        for (long x : new long[] {2, 1, columns, 1, 1, 8192, 1, 99}) out.writeLong(x);
        out.writeUTF("MIXED_DATA_TYPES");
        out.writeLong(length);
        out.writeUTF("FLOAT");
        return bytes.toByteArray();
    }

    @Test
    void brokenCopiesAreReadOrRefusedAndNothingElse() throws IOException {
        byte[] good = Files.readAllBytes(saved);
        Path file = folder.resolve("broken.zip");
        int refused = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] bytes = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--)
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            if (seed % 4 == 0) bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            Files.write(file, bytes);
            try {
                read(file);
            } catch (TunebookException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(refused > 75, refused + " refused");
    }
}
