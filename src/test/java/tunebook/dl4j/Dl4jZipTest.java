package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.adapter.Merged;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Scale;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;

/** A tuned network as DL4J's file: DL4J answers from it, and so do we in another process. */
class Dl4jZipTest {
    private static final INDArray IMAGES = Nets.random(DataType.FLOAT, 5, 2, 7, 7);
    private static final List<String> LABELS = List.of("../a", "b\nc", "\u00e4", "<d>");

    @TempDir Path folder;

    private static MultiLayerNetwork layers(boolean logarithmic, DataType type) {
        return Nets.started(
                new MultiLayerNetwork(
                        Nets.builder(type)
                                .list(
                                        new ConvolutionLayer.Builder(3, 3)
                                                .nOut(4)
                                                .activation(Activation.RELU)
                                                .build(),
                                        new BatchNormalization.Builder()
                                                .useLogStd(logarithmic)
                                                .build(),
                                        new GlobalPoolingLayer(PoolingType.AVG),
                                        SavedNetwork.output())
                                .setInputType(InputType.convolutional(7, 7, 2))
                                .build()));
    }

    private static ComputationGraph graph() {
        return Nets.started(
                new ComputationGraph(
                        Nets.builder(DataType.FLOAT)
                                .graphBuilder()
                                .addInputs("in")
                                .addLayer(
                                        "conv",
                                        new ConvolutionLayer.Builder(3, 3).nOut(4).build(),
                                        "in")
                                .addLayer(
                                        "norm",
                                        new BatchNormalization.Builder().useLogStd(true).build(),
                                        "conv")
                                .addLayer(
                                        "dense",
                                        new DenseLayer.Builder()
                                                .nOut(6)
                                                .activation(Activation.TANH)
                                                .build(),
                                        "norm")
                                .addLayer("out", SavedNetwork.output(), "dense")
                                .setOutputs("out")
                                .setInputTypes(InputType.convolutional(7, 7, 2))
                                .build()));
    }

    private static Map<String, Backbone> networks() {
        Map<String, Backbone> networks = new LinkedHashMap<>();
        networks.put("layers.zip", Dl4j.backbone(layers(false, DataType.FLOAT), 7, 7, 2));
        networks.put("log.zip", Dl4j.backbone(layers(true, DataType.FLOAT), 7, 7, 2));
        networks.put("double.zip", Dl4j.backbone(layers(true, DataType.DOUBLE), 7, 7, 2));
        networks.put("graph.zip", Dl4j.backbone(graph(), 7, 7, 2));
        return networks;
    }

    /** Four classes where the network had three; every weight has moved. */
    private static Merged tuned(Backbone base, Recipe recipe) {
        Tuning tuning = Tuning.of(recipe, base, base.model().classifier(LABELS.size()), 3);
        Random random = new Random(5);
        Map<String, Tensor> moved = new TreeMap<>();
        for (String name : tuning.learning().names()) {
            Tensor start = tuning.learning().get(name);
            float[] values = start.floats();
            for (int i = 0; i < values.length; i++) {
                values[i] += 0.1f * (float) random.nextGaussian();
                if (name.endsWith(".var")) values[i] = 0.5f + Math.abs(values[i]);
            }
            moved.put(
                    name,
                    Tensor.of(values, start.shape().sizes().stream().mapToInt(n -> n).toArray()));
        }
        Adapter adapter =
                new Adapter(
                        "mine",
                        recipe,
                        HeadKind.CLASSIFIER,
                        LABELS,
                        tuning.constants(),
                        Weights.of(moved));
        return Merged.of(Nets.ENGINE, adapter, base);
    }

    private static float[] logits(Adapter head, Backbone backbone) {
        Tuning tuning = head.on(backbone);
        try (Engine.Held held = Nets.ENGINE.hold(backbone.weights(), Precision.FLOAT);
                Session session =
                        Nets.ENGINE.open(held, tuning.constants(), tuning.learning(), 1)) {
            return session.evaluate(
                            tuning.programs(0).logits(), Nets.batch(IMAGES, CNN2DFormat.NCHW))
                    .floats();
        }
    }

    private static String name(String file) {
        return Path.of(file).getFileName().toString();
    }

    /** The child: opens every file, and keeps what it answers. */
    static final class Child {
        private Child() {}

        public static void main(String[] files) {
            Map<String, Tensor> logits = new TreeMap<>();
            for (int i = 1; i < files.length; i++) {
                Dl4jFile.Opened opened = Dl4jFile.open(Path.of(files[i]));
                Adapter head =
                        Merged.head(
                                opened.name(),
                                opened.backbone(),
                                HeadKind.CLASSIFIER,
                                opened.labels(),
                                Scale.NONE);
                float[] answers = logits(head, opened.backbone());
                logits.put(name(files[i]), Tensor.of(answers, answers.length));
            }
            SafeTensors.write(Path.of(files[0]), Weights.of(logits), Map.of());
        }
    }

    @Test
    void aTunedNetworkAnswersToTheBitInAnotherProcessAndAlikeInDl4j() throws Exception {
        Map<String, float[]> expected = new TreeMap<>();
        for (Map.Entry<String, Backbone> network : networks().entrySet())
            for (Recipe recipe : List.of(new Full(), new Lora(2))) {
                Merged merged = tuned(network.getValue(), recipe);
                Path file = folder.resolve(recipe.name() + "-" + network.getKey());
                Dl4jFile.write(file, merged.backbone(), "mine", LABELS);
                float[] logits = logits(merged.head(), merged.backbone());
                expected.put(file.toString(), logits);
                double[] ours = new double[logits.length];
                for (int i = 0; i < ours.length; i++) ours[i] = logits[i];
                assertArrayEquals(
                        Nets.softmax(ours, LABELS.size()),
                        Nets.theirs(restored(file), IMAGES),
                        1e-5,
                        file.toString());
            }
        Path answers = folder.resolve("answers");
        child(answers, expected.keySet().stream());
        Weights found = SafeTensors.read(answers);
        for (Map.Entry<String, float[]> one : expected.entrySet())
            assertArrayEquals(one.getValue(), found.get(name(one.getKey())).floats(), one.getKey());
        System.out.println(expected.size() + " DL4J files in a fresh process: 0 bits differ");
    }

    /** By DL4J itself, with whatever it can read. */
    private static NeuralNetwork restored(Path file) throws Exception {
        return file.toString().endsWith("graph.zip")
                ? ModelSerializer.restoreComputationGraph(file.toFile(), true)
                : ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true);
    }

    private static void child(Path answers, Stream<String> files) throws Exception {
        List<String> command =
                Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx512m",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Child.class.getName(),
                                        answers.toString()),
                                files)
                        .toList();
        Process child = new ProcessBuilder(command).inheritIO().start();
        try {
            assertTrue(child.waitFor(5, TimeUnit.MINUTES), "the child hangs");
            assertEquals(0, child.exitValue());
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void labelsAndSizesComeBackAndEqualNetworksAreEqualFiles() throws Exception {
        Merged merged = tuned(networks().get("log.zip"), new Full());
        Path file = folder.resolve("a.zip");
        Dl4jFile.write(file, merged.backbone(), "mine", LABELS);
        Dl4jFile.Opened opened = Dl4jFile.open(file);
        assertEquals(LABELS, opened.labels());
        assertEquals("mine", opened.name());
        assertEquals(7, opened.backbone().model().pictures("").height());
        Path again = folder.resolve("b.zip");
        Dl4jFile.write(again, opened.backbone(), "mine", LABELS);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(2, all.count());
        }
    }

    @Test
    void aFileOfDl4jsOwnHasNumberedLabels() throws Exception {
        Path file = folder.resolve("own.zip");
        MultiLayerNetwork network = layers(false, DataType.FLOAT);
        ModelSerializer.writeModel(network, file.toFile(), true);
        TunebookException e = assertThrows(TunebookException.class, () -> Dl4jFile.open(file));
        assertTrue(e.mend().contains("backbone(network, height, width, channels)"), e.mend());
    }

    @Test
    void notesThatDoNotFitAreNamed() throws Exception {
        Merged merged = tuned(networks().get("log.zip"), new Full());
        Path file = folder.resolve("a.zip");
        Dl4jFile.write(file, merged.backbone(), "mine", LABELS);
        for (Map.Entry<String, String> broken :
                Map.of(
                                "{\"labels\":[\"a\"],\"image\":[7,7,2]}",
                                "names 1 labels where the network has 4",
                                "{\"labels\":3,\"image\":[]}",
                                "labels are no list",
                                "{\"labels\":[{}],\"image\":[]}",
                                "a label is {}",
                                "{\"labels\":[\"a\"],\"image\":[7]}",
                                "height, width and channels are due",
                                "{\"labels\":[\"a\"],\"image\":[-7,7,2]}",
                                "a size is -7",
                                "not JSON",
                                "is not a JSON object")
                        .entrySet()) {
            TunebookException e =
                    assertThrows(
                            TunebookException.class,
                            () -> Dl4jFile.open(noted(file, broken.getKey())));
            assertTrue(e.what().contains(broken.getValue()), e.getMessage());
        }
    }

    private Path noted(Path file, String notes) throws Exception {
        Path other = folder.resolve("other.zip");
        try (ZipFile zip = new ZipFile(file.toFile());
                var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(other))) {
            for (var entry : zip.stream().toList()) {
                out.putNextEntry(new java.util.zip.ZipEntry(entry.getName()));
                out.write(
                        entry.getName().equals("tunebook.json")
                                ? notes.getBytes(StandardCharsets.UTF_8)
                                : zip.getInputStream(entry).readAllBytes());
            }
        }
        return other;
    }

    @Test
    void aFolderOrABackboneThatIsNoNetworkIsRefused() {
        Backbone network = networks().get("layers.zip");
        TunebookException e =
                assertThrows(
                        TunebookException.class,
                        () -> Dl4jFile.write(folder, network, "mine", LABELS));
        assertEquals("is a folder", e.what());
    }
}
