package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;

/** A network that DL4J saved, and files made of its entries. */
abstract class SavedNetwork {
    static final String CONFIGURATION = "configuration.json";
    static final String COEFFICIENTS = "coefficients.bin";

    @TempDir Path folder;
    MultiLayerNetwork network;
    Path saved;

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

    static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }

    static Backbone read(Path file) {
        return Dl4jFile.read(file, 5, 5, 2);
    }

    Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(saved.toFile())) {
            for (ZipEntry entry : zip.stream().toList())
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
        return entries;
    }

    Path zip(Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("made.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return file;
    }

    static void refused(String words, Path file) {
        TunebookException error = assertThrows(TunebookException.class, () -> read(file));
        assertTrue(error.getMessage().contains(words), error.getMessage());
    }
}
