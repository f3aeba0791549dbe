package tunebook.dl4j;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.TunebookException;
import tunebook.data.AtomicFile;
import tunebook.model.Backbone;

/** The zip file that DL4J saves a network in, without an updater's state. */
final class Dl4jZip {
    private Dl4jZip() {}

    /**
     * Writes a network in one step.
     *
     * @throws TunebookException if the backbone came from none, or the file cannot be written
     */
    static void write(Path file, Backbone backbone, String name, List<String> labels) {
        NeuralNetwork network = Dl4j.network(backbone);
        boolean graph = network instanceof ComputationGraph;
        INDArray numbers =
                graph
                        ? ((ComputationGraph) network).params()
                        : ((MultiLayerNetwork) network).params();
        String configuration =
                graph
                        ? ((ComputationGraph) network).getConfiguration().toJson()
                        : ((MultiLayerNetwork) network).getLayerWiseConfigurations().toJson();
        if (numbers.dataType() != DataType.FLOAT && numbers.dataType() != DataType.DOUBLE) {
            throw new TunebookException(
                    backbone.name(),
                    "keeps its numbers as " + numbers.dataType(),
                    "convert it before: network.convertDataType(DataType.FLOAT)");
        }
        if (Files.isDirectory(file))
            throw new TunebookException(
                    file.toString(), "is a folder", "give a file's name, such as model.zip");
        Map<String, byte[]> others =
                new TreeMap<>(
                        Dl4jNotes.of(name, labels, (Dl4jModel) backbone.model(), backbone.weights())
                                .entries());
        others.put(Dl4jFile.CONFIGURATION, configuration.getBytes(StandardCharsets.UTF_8));
        try {
            AtomicFile.write(file, part -> write(part, numbers, others));
        } catch (IOException e) {
            throw new TunebookException(
                    file.toString(),
                    "cannot be written: " + e,
                    "check the folder, its rights and the space left",
                    e);
        }
    }

    private static void write(Path part, INDArray numbers, Map<String, byte[]> others)
            throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
            for (Map.Entry<String, byte[]> other : others.entrySet()) {
                begin(zip, other.getKey());
                zip.write(other.getValue());
            }
            begin(zip, Dl4jFile.COEFFICIENTS);
            DataOutputStream out = new DataOutputStream(zip);
            Nd4j.write(numbers, out);
            out.flush();
            zip.closeEntry();
        }
    }

    /** Without the hour, so that equal networks are equal files. */
    private static void begin(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
    }
}
