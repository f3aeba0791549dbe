package tunebook.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tunebook.core.TunebookException;
import tunebook.core.Weight;

/** Puts a network together, node by node. */
final class Assembly {
    /** Numbers of one example going in. */
    private static final int MOST_INPUT = 1 << 24;

    private final List<Step> steps = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Weight> constants = new ArrayList<>();

    /** Which step's output each node's is: none of its own where the node does nothing. */
    private final Map<String, String> outputs = new HashMap<>();

    private final Map<String, Form> forms = new HashMap<>();
    private boolean truncated;

    private Assembly(Form input) {
        outputs.put(Network.INPUT, Network.INPUT);
        forms.put(Network.INPUT, input);
    }

    /**
     * Reads a topology for inputs of a form.
     *
     * @throws TunebookException naming the first layer or vertex that is not served or does not fit
     */
    static Network of(Topology topology, Form input) {
        if (input.elements() > MOST_INPUT) {
            throw new TunebookException(
                    "DL4J network",
                    "takes " + input,
                    "give it inputs of at most " + MOST_INPUT + " numbers");
        }
        Assembly assembly = new Assembly(input);
        for (Topology.Node node : topology.nodes()) assembly.read(node);
        if (assembly.steps.isEmpty()) {
            throw new TunebookException("DL4J network", "has no layers", "give it some");
        }
        return new Network(
                input, assembly.steps, assembly.parameters, assembly.constants, assembly.truncated);
    }

    private void read(Topology.Node node) {
        if (node.vertex() != null) {
            Vertices.read(node, this);
            return;
        }
        Chain chain = chain(node.name(), node.inputs().get(0));
        if (node.inputs().size() > 1) {
            throw new TunebookException(
                    "layer " + node.name(),
                    "takes " + node.inputs().size() + " inputs",
                    "put a MergeVertex before it");
        }
        if (node.before() != null) Vertices.preprocess(node.before(), chain);
        Layers.read(node.layer(), chain);
        chain.end();
    }

    /** The form of a node's output. */
    Form form(String node) {
        return forms.get(outputs.get(node));
    }

    /** Adds what combines several nodes. */
    void combine(Topology.Node node, Form form, Action action) {
        List<String> inputs = node.inputs().stream().map(outputs::get).toList();
        steps.add(new Step(node.name(), node.name(), inputs, form, action));
        outputs.put(node.name(), node.name());
        forms.put(node.name(), form);
    }

    /** Begins what one node does to another's output. */
    Chain chain(String node, String before) {
        return new Chain(node, outputs.get(before));
    }

    /** Steps of one node, one after another. */
    final class Chain {
        private final String node;
        private String at;

        private Chain(String node, String at) {
            this.node = node;
            this.at = at;
        }

        /** The node's name. */
        String node() {
            return node;
        }

        /** The form by now. */
        Form form() {
            return forms.get(at);
        }

        /** Whether this is the network's own input still. */
        boolean isInput() {
            return at.equals(Network.INPUT);
        }

        /** Adds a step. */
        Chain then(String what, Form form, Action action) {
            String name = node + "/" + what;
            steps.add(new Step(name, node, List.of(at), form, action));
            forms.put(name, form);
            at = name;
            return this;
        }

        /** Adds an activation, which needs a constant where it is bounded above. */
        Chain then(Activation function) {
            if (function.kind() == Activation.Kind.IDENTITY && !function.isCapped()) return this;
            if (!function.isCapped())
                return then("activation", form(), new Action.Activate(function));
            Weight bound = Sites.constant(node + ".cap", form().channels(), -function.most());
            constants.add(bound);
            return then("activation", form(), new Action.Cap(function, bound));
        }

        void keep(Parameter parameter) {
            parameters.add(parameter);
        }

        /** Says that a window leaves out pixels at the edge. */
        void leavesOut() {
            truncated = true;
        }

        /** The node is done. */
        void end() {
            outputs.put(node, at);
        }

        /** What cannot be read. */
        TunebookException refused(String what, String mend) {
            return new TunebookException("layer " + node, what, mend);
        }
    }
}
