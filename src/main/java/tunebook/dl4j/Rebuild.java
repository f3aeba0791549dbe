package tunebook.dl4j;

import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import tunebook.core.Weights;

/** DL4J networks out of a model and weights. */
final class Rebuild {
    private final Dl4jModel model;
    private final Weights weights;

    Rebuild(Dl4jModel model, Weights weights) {
        this.model = model;
        this.weights = weights;
    }

    MultiLayerNetwork multiLayer() {
        MultiLayerConfiguration configuration =
                MultiLayerConfiguration.fromJson(model.configuration());
        Topology topology = Topology.of(configuration);
        List<String> names = topology.names();
        widen(topology);
        variances(topology);
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        fill(name -> network.getLayer(names.indexOf(name)));
        return network;
    }

    ComputationGraph graph() {
        ComputationGraphConfiguration configuration =
                ComputationGraphConfiguration.fromJson(model.configuration());
        Topology topology = Topology.of(configuration);
        widen(topology);
        variances(topology);
        ComputationGraph network = new ComputationGraph(configuration);
        network.init();
        fill(network::getLayer);
        return network;
    }

    /** The head may have another width than it came with; what comes after it is as wide. */
    private void widen(Topology topology) {
        String head = model.partition().last().name();
        int width = weights.get(head + ".W").shape().size(0);
        if (width == model.partition().last().out()) return;
        boolean after = false;
        for (Topology.Node node : topology.nodes()) {
            boolean here = node.name().equals(head);
            if (here) ((FeedForwardLayer) node.layer()).setNOut(width);
            if (after && node.layer() instanceof FeedForwardLayer layer) {
                if (layer.getNIn() > 0) layer.setNIn(width);
                if (layer.getNOut() > 0) layer.setNOut(width);
            }
            after |= here;
        }
    }

    /**
     * Which form of the variance a norm keeps, DL4J reads off the names of parameters, which a
     * configuration does not have before its network was started.
     */
    private void variances(Topology topology) {
        for (Topology.Node node : topology.nodes()) {
            if (!(node.layer() instanceof BatchNormalization norm)) continue;
            norm.setUseLogStd(
                    model.network().parameters().stream()
                            .anyMatch(p -> p.layer().equals(node.name()) && p.logarithmic()));
        }
    }

    private void fill(Function<String, Layer> layers) {
        for (Parameter parameter : model.network().parameters()) {
            Layer layer = layers.apply(parameter.layer());
            parameter.write(
                    weights.get(parameter.weight().name()), layer.getParam(parameter.key()));
        }
    }
}
