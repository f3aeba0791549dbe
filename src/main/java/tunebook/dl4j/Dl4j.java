package tunebook.dl4j;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.model.Backbone;

/**
 * DL4J networks as backbones and back.
 *
 * <p>Weights are called {@code layer.parameter}: the layer's name (its number in a
 * MultiLayerNetwork where it has none of its own) and DL4J's key of the parameter, {@code W},
 * {@code b}, {@code gamma}, {@code beta}, {@code mean} or {@code var}. A convolution's W is [out,
 * height · width · in], a dense layer's [out, in] with the elements of a flattened image pixel by
 * pixel; log10stdev becomes var.
 *
 * <p>Served are dense, output, convolution, subsampling, global pooling, zero padding, batch
 * normalization, activation, dropout and loss layers, element-wise and merge vertices, flattening;
 * of functions identity, relu, leaky relu, relu6, tanh, sigmoid, swish, and softmax at the end.
 * Anything else is refused by name. What DL4J would do while training (updaters, l1, l2,
 * constraints, frozen layers) is left to recipes.
 */
public final class Dl4j {
    private Dl4j() {}

    /**
     * A graph with one input and one output as a backbone.
     *
     * @throws TunebookException naming the first layer or vertex that is not served
     */
    public static Backbone backbone(ComputationGraph network) {
        return backbone(network, Inputs.read(Topology.of(network.getConfiguration())));
    }

    /** The same for images of a size, where the layers do not give it away. */
    public static Backbone backbone(ComputationGraph network, int height, int width, int channels) {
        Topology topology = Topology.of(network.getConfiguration());
        Form input = Inputs.image(topology, height, width, channels);
        return backbone(network, Assembly.of(topology, input));
    }

    /**
     * A network of layers as a backbone.
     *
     * @throws TunebookException naming the first layer that is not served
     */
    public static Backbone backbone(MultiLayerNetwork network) {
        return backbone(network, Inputs.read(Topology.of(network.getLayerWiseConfigurations())));
    }

    /** The same for images of a size, where the layers do not give it away. */
    public static Backbone backbone(
            MultiLayerNetwork network, int height, int width, int channels) {
        Topology topology = Topology.of(network.getLayerWiseConfigurations());
        Form input = Inputs.image(topology, height, width, channels);
        return backbone(network, Assembly.of(topology, input));
    }

    static Backbone backbone(ComputationGraph network, Network steps) {
        if (network.getLayers() == null) throw bare("DL4J graph");
        String configuration = network.getConfiguration().toJson();
        return backbone(
                "DL4J graph",
                Dl4jModel.of(steps, configuration, true),
                p -> network.getLayer(p.layer()).getParam(p.key()));
    }

    static Backbone backbone(MultiLayerNetwork network, Network steps) {
        if (network.getLayers() == null) throw bare("DL4J network");
        String configuration = network.getLayerWiseConfigurations().toJson();
        List<String> names = Topology.of(network.getLayerWiseConfigurations()).names();
        return backbone(
                "DL4J network",
                Dl4jModel.of(steps, configuration, false),
                p -> network.getLayer(names.indexOf(p.layer())).getParam(p.key()));
    }

    private static TunebookException bare(String network) {
        return new TunebookException(network, "has no weights yet", "call its init()");
    }

    /** A model with weights in DL4J's layout. */
    static Backbone backbone(String name, Dl4jModel model, Function<Parameter, INDArray> arrays) {
        Map<String, Tensor> weights = new TreeMap<>();
        for (Parameter parameter : model.network().parameters())
            weights.put(parameter.weight().name(), parameter.read(arrays.apply(parameter)));
        for (Weight constant : model.network().constants())
            weights.put(constant.name(), constant.draw(0, Weights.none()));
        return new Backbone(name, model, Weights.of(weights), null);
    }

    /**
     * The network that a backbone came from, with the backbone's weights: tuned ones where it is
     * merged. An output as wide as the head is now; a fresh updater. A {@link MultiLayerNetwork} or
     * a {@link ComputationGraph}, whichever it was.
     *
     * @throws TunebookException if it came from none
     */
    public static NeuralNetwork network(Backbone backbone) {
        if (!(backbone.model() instanceof Dl4jModel model)) {
            throw new TunebookException(
                    backbone.name(),
                    "came from no DL4J network",
                    "give a backbone of backbone(network), keras(…) or dl4j(…)");
        }
        Rebuild rebuild = new Rebuild(model, backbone.weights());
        return model.graph() ? rebuild.graph() : rebuild.multiLayer();
    }
}
