package tunebook.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Decorator;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.cost.Counter;
import tunebook.support.TinyImages;

/** Sizes and names of residual networks against what was published, and their files. */
class ResNetTest {
    private static Counter count(ResNet model, int labels) {
        Programs programs = new Programs(model, model.classifier(labels), Decorator.NONE, 0);
        return Counter.scan(programs.logits(), model.example(), 0);
    }

    /** Parameters as torchvision prints them, multiply-adds as the papers' tables round them. */
    @ParameterizedTest
    @CsvSource({
        "18, 1000, 11689512, 1.8",
        "34, 1000, 21797672, 3.7",
        "50, 1000, 25557032, 4.1",
        "101, 1000, 44549160, 7.8",
        "152, 1000, 60192808, 11.5"
    })
    void parametersAndProductsAreThePublishedOnes(
            int layers, int labels, long parameters, double billions) {
        Counter counter = count(ResNet.of(layers), labels);
        assertEquals(parameters, learned(counter));
        assertEquals(billions, counter.flops() / 2e9, 0.05);
    }

    @ParameterizedTest
    @CsvSource({"20, 269722, 40.6", "32, 464154, 68.9", "44, 658586, 97.2", "56, 853018, 125.5"})
    void theSmallOnesToo(int layers, long parameters, double millions) {
        Counter counter = count(ResNet.cifar(layers), 10);
        assertEquals(parameters, learned(counter));
        assertEquals(millions, counter.flops() / 2e6, 0.1);
    }

    private static long learned(Counter counter) {
        return counter.weights().values().stream()
                .filter(w -> w.kind() == Weight.Kind.LEARNS)
                .mapToLong(w -> w.shape().elements())
                .sum();
    }

    @Test
    void namesAreTorchvisions() {
        Set<String> names = new LinkedHashSet<>(count(ResNet.of(50), 7).sites().keySet());
        assertEquals(107, names.size());
        assertTrue(
                names.containsAll(
                        List.of(
                                "conv1",
                                "bn1",
                                "layer1.0.conv1",
                                "layer1.0.downsample.0",
                                "layer1.0.downsample.1",
                                "layer2.3.conv3",
                                "layer4.2.bn3",
                                "fc")));
        assertTrue(count(ResNet.of(18), 7).sites().keySet().contains("layer2.0.downsample.0"));
        assertTrue(!count(ResNet.of(18), 7).sites().keySet().contains("layer1.0.downsample.0"));
        assertTrue(count(ResNet.cifar(20), 7).sites().keySet().contains("linear"));
    }

    @Test
    void depthsCountBlocksThroughTheStages() {
        ResNet model = ResNet.of(50);
        assertEquals(16, model.blocks());
        assertEquals(0, model.depth("conv1.weight"));
        assertEquals(0, model.depth("bn1.running_mean"));
        assertEquals(1, model.depth("layer1.0.conv1.weight"));
        assertEquals(4, model.depth("layer2.0.downsample.1.bias"));
        assertEquals(16, model.depth("layer4.2.conv3.lora_A.weight"));
        assertEquals(17, model.depth("fc.weight"));
        assertEquals(3, model.width(0));
        assertEquals(64, model.width(1));
        assertEquals(56 * 56, model.rows(1, 224 * 224));
        assertEquals(512, model.width(8));
        assertEquals(28 * 28, model.rows(8, 224 * 224));
        assertEquals(2048, model.width());
        assertEquals(7 * 7, model.rows(17, 224 * 224));
    }

    static Stream<Arguments> models() {
        return Stream.of(TinyImages.cifar(), TinyImages.basic(), TinyImages.bottleneck())
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("models")
    void filesHoldConvolutionsWithChannelsFirst(Backbone backbone) {
        ResNet model = (ResNet) backbone.model();
        Weights file = model.toFile(backbone.weights());
        int stem = model.form() == ResNet.Form.CIFAR ? 3 : 7;
        assertEquals(List.of(4, 3, stem, stem), file.get("conv1.weight").shape().sizes());
        int first = model.form() == ResNet.Form.BOTTLENECK ? 1 : 3;
        assertEquals(
                List.of(4, 4, first, first), file.get("layer1.0.conv1.weight").shape().sizes());
        Tensor ours = backbone.weights().get("conv1.weight");
        // output 2, channel 1, row 2, column 0
        assertEquals(
                ours.get(2 * stem * stem * 3 + (2 * stem) * 3 + 1),
                file.get("conv1.weight").get(((2 * 3 + 1) * stem + 2) * stem));
        Weights again = model.fromFile(file);
        assertEquals(backbone.weights().names(), again.names());
        for (String name : again.names())
            assertEquals(backbone.weights().get(name).bytes(), again.get(name).bytes(), name);
    }

    @Test
    void otherLibrariesNamesAreUnderstood() {
        Backbone backbone = TinyImages.basic();
        Map<String, Tensor> parallel = new TreeMap<>();
        Map<String, Tensor> face = new TreeMap<>();
        Weights file = backbone.model().toFile(backbone.weights());
        for (String name : file.names()) {
            parallel.put("module." + name, file.get(name));
            face.put(huggingFace(name), file.get(name));
        }
        parallel.put("module.bn1.num_batches_tracked", Tensor.of(new double[] {7}, 1));
        assertTrue(
                face.containsKey("resnet.encoder.stages.1.layers.0.shortcut.convolution.weight"));
        for (Map<String, Tensor> theirs : List.of(parallel, face)) {
            Weights read = backbone.model().fromFile(Weights.of(theirs));
            assertEquals(backbone.weights().names(), read.names());
            assertArrayEquals(
                    backbone.weights().get("layer2.1.conv2.weight").floats(),
                    read.get("layer2.1.conv2.weight").floats());
        }
    }

    private static String huggingFace(String name) {
        if (name.startsWith("conv1."))
            return name.replace("conv1", "resnet.embedder.embedder.convolution");
        if (name.startsWith("bn1."))
            return name.replace("bn1", "resnet.embedder.embedder.normalization");
        String[] parts = name.split("\\.", 4);
        String at =
                "resnet.encoder.stages."
                        + (Integer.parseInt(parts[0].substring(5)) - 1)
                        + ".layers."
                        + parts[1]
                        + ".";
        String rest = parts[3];
        if (parts[2].equals("downsample"))
            return at
                    + "shortcut."
                    + rest.replaceFirst("^0", "convolution").replaceFirst("^1", "normalization");
        int number = parts[2].charAt(parts[2].length() - 1) - '1';
        String kind = parts[2].startsWith("conv") ? "convolution" : "normalization";
        return at + "layer." + number + "." + kind + "." + rest;
    }

    @ParameterizedTest
    @MethodSource("models")
    void whatAModelWritesItReads(Backbone backbone) {
        assertEquals(
                backbone.model(),
                Configurations.read("config.json", backbone.model().configuration()));
    }

    @Test
    void timmsAndHuggingFacesConfigurationsAreRead() {
        assertEquals(
                ResNet.of(34),
                Configurations.read("config.json", "{\"architecture\": \"resnet34\"}"));
        ResNet timm =
                (ResNet)
                        Configurations.read(
                                "config.json",
                                "{\"architecture\": \"resnet18\", \"pretrained_cfg\": {"
                                        + "\"input_size\": [1, 96, 64], \"mean\": [0.1],"
                                        + " \"std\": [0.3]}}");
        assertEquals(
                ResNet.of(18).image(new ImageInput(96, 64, 1, List.of(0.1), List.of(0.3))), timm);
        assertEquals(
                ResNet.of(50),
                Configurations.read(
                        "config.json",
                        "{\"model_type\": \"resnet\", \"depths\": [3, 4, 6, 3],"
                                + " \"hidden_sizes\": [256, 512, 1024, 2048],"
                                + " \"embedding_size\": 64, \"layer_type\": \"bottleneck\","
                                + " \"downsample_in_first_stage\": false}"));
        assertEquals(
                ResNet.cifar(20).image(ImageInput.of(16, 3)),
                Configurations.read(
                        "config.json",
                        "{\"model_type\": \"cifar-resnet\", \"widths\": [16, 32, 64],"
                                + " \"blocks_per_stage\": 3, \"shortcut\": \"A\","
                                + " \"image_size\": 16}"));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("{\"architecture\": \"resnet18d\"}", "resnet18, resnet34"),
                Arguments.of(
                        "{\"model_type\": \"resnet\", \"depths\": [2]}", "has no hidden_sizes"),
                Arguments.of(
                        "{\"model_type\": \"resnet\", \"depths\": [2], \"hidden_sizes\": [64],"
                                + " \"layer_type\": \"odd\"}",
                        "basic and bottleneck"),
                Arguments.of(
                        "{\"model_type\": \"resnet\", \"depths\": [2], \"hidden_sizes\": [64],"
                                + " \"layer_type\": \"basic\", \"hidden_act\": \"gelu\"}",
                        "the activation is gelu"),
                Arguments.of(
                        "{\"model_type\": \"resnet\", \"depths\": [2], \"hidden_sizes\": [32],"
                                + " \"layer_type\": \"basic\"}",
                        "embedding_size is 64"),
                Arguments.of(
                        "{\"model_type\": \"resnet\", \"depths\": [2.5], \"hidden_sizes\": [64],"
                                + " \"layer_type\": \"basic\"}",
                        "give whole numbers"),
                Arguments.of(
                        "{\"model_type\": \"resnet\", \"depths\": [], \"hidden_sizes\": [64],"
                                + " \"layer_type\": \"basic\"}",
                        "depths is empty"),
                Arguments.of(
                        "{\"model_type\": \"cifar-resnet\", \"widths\": [16, 19],"
                                + " \"blocks_per_stage\": 1}",
                        "as many zeros on both sides"),
                Arguments.of(
                        "{\"model_type\": \"cifar-resnet\", \"widths\": [16, 32],"
                                + " \"blocks_per_stage\": 1, \"shortcut\": \"B\"}",
                        "option A"),
                Arguments.of(
                        "{\"model_type\": \"cifar-resnet\", \"widths\": [16, 32],"
                                + " \"blocks_per_stage\": 1, \"image_size\": 0}",
                        "0 × 0 pixels"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void configurationsThatCannotBeAreRefused(String json, String words) {
        TunebookException e =
                assertThrows(
                        TunebookException.class, () -> Configurations.read("config.json", json));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    @Test
    void sizesThatWereNeverPublishedAreRefused() {
        for (int layers : new int[] {0, 21, 2}) {
            TunebookException e = assertThrows(TunebookException.class, () -> ResNet.cifar(layers));
            assertTrue(e.getMessage().contains("6n + 2"), e.getMessage());
        }
        TunebookException e = assertThrows(TunebookException.class, () -> ResNet.of(20));
        assertTrue(e.getMessage().contains("18, 34, 50"), e.getMessage());
    }
}
