package tunebook.dl4j;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import tunebook.core.TunebookException;

/**
 * Layers and vertices of a configuration, each after what it takes.
 *
 * @param nodes the last one is the output
 */
record Topology(List<Node> nodes) {
    /**
     * A layer or a vertex.
     *
     * @param name the vertex's, or the layer's name or number
     * @param inputs names of what it takes; {@link Network#INPUT} is the network's input
     * @param layer or null
     * @param vertex or null
     * @param before what is done to a layer's input, or null
     */
    record Node(
            String name,
            List<String> inputs,
            Layer layer,
            GraphVertex vertex,
            InputPreProcessor before) {}

    /** Names of the nodes. */
    List<String> names() {
        return nodes.stream().map(Node::name).toList();
    }

    static Topology of(MultiLayerConfiguration configuration) {
        int layers = configuration.getConfs().size();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < layers; i++)
            names.add(configuration.getConf(i).getLayer().getLayerName());
        List<Node> nodes = new ArrayList<>();
        String before = Network.INPUT;
        for (int i = 0; i < layers; i++) {
            String given = names.get(i);
            boolean unique =
                    given != null
                            && !given.isEmpty()
                            && names.indexOf(given) == names.lastIndexOf(given);
            String name = unique ? given : Integer.toString(i);
            nodes.add(
                    new Node(
                            name,
                            List.of(before),
                            thawed(configuration.getConf(i).getLayer()),
                            null,
                            configuration.getInputPreProcess(i)));
            before = name;
        }
        return new Topology(List.copyOf(nodes));
    }

    static Topology of(ComputationGraphConfiguration configuration) {
        String input = only("inputs", configuration.getNetworkInputs());
        String output = only("outputs", configuration.getNetworkOutputs());
        Map<String, Node> sorted = new LinkedHashMap<>();
        visit(configuration, input, output, sorted, new HashSet<>());
        for (String vertex : configuration.getVertices().keySet()) {
            if (!sorted.containsKey(vertex)) {
                throw new TunebookException(
                        "vertex " + vertex,
                        "does not lead to the output " + output,
                        "remove it from the graph");
            }
        }
        return new Topology(List.copyOf(sorted.values()));
    }

    private static String only(String what, List<String> names) {
        if (names == null || names.size() != 1) {
            throw new TunebookException(
                    "DL4J graph",
                    "has the " + what + " " + names,
                    "give it one of them: graphs of several are not served");
        }
        return names.get(0);
    }

    private static void visit(
            ComputationGraphConfiguration configuration,
            String input,
            String name,
            Map<String, Node> sorted,
            Set<String> above) {
        if (name.equals(input) || sorted.containsKey(name)) return;
        GraphVertex vertex = configuration.getVertices().get(name);
        List<String> inputs = configuration.getVertexInputs().get(name);
        if (vertex == null || inputs == null || inputs.isEmpty() || !above.add(name)) {
            throw new TunebookException(
                    "vertex " + name,
                    vertex == null ? "is not in the graph" : "has no inputs or feeds itself",
                    "build the graph again with DL4J's graphBuilder");
        }
        for (String before : inputs) visit(configuration, input, before, sorted, above);
        List<String> taken = inputs.stream().map(i -> i.equals(input) ? Network.INPUT : i).toList();
        if (vertex instanceof LayerVertex layer) {
            Layer inside = thawed(layer.getLayerConf().getLayer());
            sorted.put(name, new Node(name, taken, inside, null, layer.getPreProcessor()));
        } else {
            sorted.put(name, new Node(name, taken, null, vertex, null));
        }
    }

    /** A recipe says what is frozen. */
    private static Layer thawed(Layer layer) {
        return layer instanceof FrozenLayer frozen ? thawed(frozen.getLayer()) : layer;
    }
}
