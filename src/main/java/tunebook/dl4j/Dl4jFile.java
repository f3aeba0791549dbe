package tunebook.dl4j;

import com.google.gson.JsonObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;

/**
 * Networks that DL4J saved. DL4J's own reader deserializes whatever Java objects a file holds; this
 * one reads configuration and coefficients only, and lets the configuration name no class outside
 * DL4J's and ND4J's configurations.
 */
public final class Dl4jFile {
    private static final int MOST_JSON = 16 << 20;
    private static final Pattern CLASS = Pattern.compile("[A-Za-z0-9_.$]+");

    /** Packages of which a configuration may name classes. */
    private static final List<String> PACKAGES =
            List.of(
                    "org.deeplearning4j.nn.conf.",
                    "org.deeplearning4j.nn.weights.",
                    "org.deeplearning4j.preprocessors.",
                    "org.nd4j.linalg.activations.impl.",
                    "org.nd4j.linalg.learning.config.",
                    "org.nd4j.linalg.learning.regularization.",
                    "org.nd4j.linalg.lossfunctions.impl.",
                    "org.nd4j.linalg.schedule.");

    static final String CONFIGURATION = "configuration.json";
    static final String COEFFICIENTS = "coefficients.bin";

    private Dl4jFile() {}

    /** How large the images are that a network takes. */
    private record Size(int height, int width, int channels) {}

    /**
     * A network and what is known of its answers.
     *
     * @param name the file's where nothing else is said
     * @param labels of its classes; numbered where nothing else is said
     */
    public record Opened(Backbone backbone, String name, List<String> labels) {
        /** Keeps its own copy. */
        public Opened {
            labels = List.copyOf(labels);
        }
    }

    /**
     * A network from DL4J's zip file.
     *
     * @throws TunebookException naming what is broken or not served
     */
    public static Backbone read(Path file) {
        return read(file, null).backbone();
    }

    /** The same for images of a size, where the layers do not give it away. */
    public static Backbone read(Path file, int height, int width, int channels) {
        return read(file, new Size(height, width, channels)).backbone();
    }

    /** A network with the names of its classes. */
    public static Opened open(Path file) {
        return read(file, null);
    }

    /**
     * Writes a network, one that a study tuned or another, in one step: DL4J reads it, and {@link
     * #open} gives the same weights to the bit.
     *
     * @param name of the model
     * @param labels of its classes
     * @throws TunebookException if the backbone came from no DL4J network, or the file cannot be
     *     written
     */
    public static void write(Path file, Backbone backbone, String name, List<String> labels) {
        Dl4jZip.write(file, backbone, name, labels);
    }

    private static Opened read(Path file, Size size) {
        String where = file.toString();
        if (!Files.isRegularFile(file))
            throw new TunebookException(where, "is no file", "give the path of a DL4J zip file");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return read(where, zip, size);
        } catch (IOException e) {
            throw new TunebookException(
                    where, "is no unbroken zip file: " + e, "fetch the file again", e);
        } catch (OutOfMemoryError e) {
            throw new TunebookException(
                    where, "needs more memory than there is", "start Java with a larger -Xmx", e);
        }
    }

    private static Opened read(String where, ZipFile zip, Size given) throws IOException {
        String at = where + " " + CONFIGURATION;
        JsonObject configuration = Json.object(at, text(at, entry(where, zip, CONFIGURATION), zip));
        Json.texts(configuration, (key, text) -> check(at, key, text));
        boolean graph = configuration.has("vertices");
        if (!graph && !configuration.has("confs"))
            throw new TunebookException(
                    at, "has neither confs nor vertices", "give a network that DL4J saved");
        String bin = where + " " + COEFFICIENTS;
        String json = configuration.toString();
        Optional<Dl4jNotes> notes = Dl4jNotes.read(where, zip);
        Size size = given != null ? given : notes.map(Dl4jFile::size).orElse(null);
        try (InputStream in =
                new BufferedInputStream(zip.getInputStream(entry(where, zip, COEFFICIENTS)))) {
            Backbone read = graph ? graph(json, bin, in, size) : layers(json, bin, in, size);
            return opened(where, read, notes);
        } catch (TunebookException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new TunebookException(
                    at,
                    "DL4J cannot read it: " + e.getMessage(),
                    "give a network that DL4J 1.0.0-M2.1 saved",
                    e);
        }
    }

    private static Size size(Dl4jNotes notes) {
        List<Integer> image = notes.image();
        return image.isEmpty() ? null : new Size(image.get(0), image.get(1), image.get(2));
    }

    private static Opened opened(String where, Backbone read, Optional<Dl4jNotes> notes) {
        Path file = Path.of(where).getFileName();
        int classes = ((Dl4jModel) read.model()).partition().last().out();
        if (notes.isEmpty())
            return new Opened(
                    read,
                    file.toString(),
                    IntStream.range(0, classes).mapToObj(i -> "LABEL_" + i).toList());
        List<String> labels = notes.get().labels();
        if (labels.size() != classes) {
            throw new TunebookException(
                    where,
                    "names " + labels.size() + " labels where the network has " + classes,
                    "fetch the file again");
        }
        return new Opened(notes.get().exact(where, read), notes.get().name(), labels);
    }

    private static ZipEntry entry(String where, ZipFile zip, String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry != null) return entry;
        throw new TunebookException(where, "has no " + name, "give a network that DL4J saved");
    }

    private static String text(String where, ZipEntry entry, ZipFile zip) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MOST_JSON + 1);
            if (bytes.length <= MOST_JSON) return new String(bytes, StandardCharsets.UTF_8);
            throw new TunebookException(where, "is larger than 16 MiB", "give a smaller network");
        }
    }

    private static void check(String where, String key, String text) {
        if (!key.equals("@class") && !key.equals("type")) return;
        boolean known = PACKAGES.stream().anyMatch(text::startsWith);
        if (known && CLASS.matcher(text).matches()) return;
        throw new TunebookException(
                where,
                "names the class " + text.replaceAll("[^A-Za-z0-9_.$]", "?"),
                "give a network of DL4J's own layers, functions and updaters");
    }

    private static Backbone graph(String json, String bin, InputStream in, Size size) {
        ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(json);
        Network steps = network(Topology.of(read), size);
        ComputationGraph network = new ComputationGraph(read);
        network.init(Coefficients.read(bin, in, steps.numbers()), false);
        return Dl4j.backbone(network, steps);
    }

    private static Backbone layers(String json, String bin, InputStream in, Size size) {
        MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(json);
        Network steps = network(Topology.of(read), size);
        MultiLayerNetwork network = new MultiLayerNetwork(read);
        network.init(Coefficients.read(bin, in, steps.numbers()), false);
        return Dl4j.backbone(network, steps);
    }

    private static Network network(Topology topology, Size size) {
        if (size == null) return Inputs.read(topology);
        return Assembly.of(
                topology, Inputs.image(topology, size.height(), size.width(), size.channels()));
    }
}
