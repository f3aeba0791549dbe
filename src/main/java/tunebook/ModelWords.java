package tunebook;

import java.nio.file.Path;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import tech.tablesaw.api.Table;
import tunebook.data.Hub;
import tunebook.dl4j.Dl4j;
import tunebook.dl4j.Dl4jFile;
import tunebook.dl4j.Keras;
import tunebook.model.Backbone;
import tunebook.model.Model;
import tunebook.recipe.Adapter;
import tunebook.study.EmbeddedTable;
import tunebook.study.Tuned;
import tunebook.train.BackboneFolder;
import tunebook.train.Embedded;

/** The words for models, from wherever they come. */
public abstract sealed class ModelWords permits DataWords {
    ModelWords() {}

    /** The embedded backbones: what each reads, and how large it is. */
    public static Table pretrained() {
        return EmbeddedTable.of();
    }

    /**
     * An embedded backbone ({@code tiny-english}) by name, or by path a folder in Hugging Face's
     * layout or a file with the weights of a ResNet ({@code .safetensors}, {@code .pth}, {@code
     * .th}).
     */
    public static Backbone pretrained(String nameOrFolder) {
        return Embedded.read(nameOrFolder);
    }

    /**
     * An architecture with random weights, to train from scratch: {@code
     * untrained(ResNet.cifar(20))}.
     */
    public static Backbone untrained(Model model) {
        return Backbone.untrained("untrained " + model.getClass().getSimpleName(), model, 1);
    }

    /**
     * A backbone of the Hugging Face hub, {@code owner/name}: fetched once, checked and kept; see
     * {@link Hub#usual()} for the environment it heeds.
     */
    public static Backbone hub(String model) {
        return BackboneFolder.read(model, Hub.usual().folder(model));
    }

    /** A DL4J graph with one input and one output; see {@link Dl4j} for what is served. */
    public static Backbone backbone(ComputationGraph network) {
        return Dl4j.backbone(network);
    }

    /** The same for images of a size, where its layers do not give that away. */
    public static Backbone backbone(ComputationGraph network, int height, int width, int channels) {
        return Dl4j.backbone(network, height, width, channels);
    }

    /** A DL4J network of layers; see {@link Dl4j} for what is served. */
    public static Backbone backbone(MultiLayerNetwork network) {
        return Dl4j.backbone(network);
    }

    /** The same for images of a size, where its layers do not give that away. */
    public static Backbone backbone(
            MultiLayerNetwork network, int height, int width, int channels) {
        return Dl4j.backbone(network, height, width, channels);
    }

    /** A network that DL4J saved in a zip file. No Java object in it is deserialized. */
    public static Backbone dl4j(String zip) {
        return Dl4jFile.read(Path.of(zip));
    }

    /** The same for images of a size, where its layers do not give that away. */
    public static Backbone dl4j(String zip, int height, int width, int channels) {
        return Dl4jFile.read(Path.of(zip), height, width, channels);
    }

    /** A Keras 2 model: what {@code model.to_json()} gave, and its weights. */
    public static Backbone keras(String json, String h5) {
        return Keras.read(Path.of(json), Path.of(h5));
    }

    /** A Keras 2 model in the one file that {@code model.save} wrote. */
    public static Backbone keras(String h5) {
        return Keras.read(Path.of(h5));
    }

    /**
     * The DL4J network that a backbone came from, with the backbone's weights: a {@link
     * MultiLayerNetwork} or a {@link ComputationGraph}, whichever it was.
     */
    public static NeuralNetwork toDl4j(Backbone backbone) {
        return Dl4j.network(backbone);
    }

    /**
     * The DL4J network that a study tuned: the same layers with the tuned weights, adapters folded
     * in.
     *
     * @throws tunebook.core.TunebookException if the method's change fits no weights, or the
     *     backbone is no DL4J network
     */
    public static NeuralNetwork toDl4j(Tuned tuned) {
        return Dl4j.network(tuned.merged().backbone());
    }

    /**
     * Writes the DL4J network that a study tuned, adapters folded in, as DL4J's zip file: DL4J
     * reads it, and {@code model(zip)} opens it with its labels, ready to predict.
     *
     * @throws tunebook.core.TunebookException if the method's change fits no weights, if the
     *     backbone is no DL4J network, or if the file cannot be written
     */
    public static void saveDl4j(Tuned tuned, String zip) {
        Adapter adapter = tuned.adapter();
        Dl4jFile.write(Path.of(zip), tuned.merged().backbone(), adapter.name(), adapter.labels());
    }
}
