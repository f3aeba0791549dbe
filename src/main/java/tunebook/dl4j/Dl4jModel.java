package tunebook.dl4j;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tunebook.core.Batch;
import tunebook.core.Input;
import tunebook.core.Ops;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.model.Head;
import tunebook.model.ImageInput;
import tunebook.model.Model;

/**
 * A DL4J network as a model: its input is the embedding, its blocks meet where one activation alone
 * passes, and its last layer is the head.
 *
 * @param network its steps
 * @param partition of the steps
 * @param configuration DL4J's own, in JSON
 * @param graph whether DL4J has it as a graph
 */
record Dl4jModel(Network network, Partition partition, String configuration, boolean graph)
        implements Model {

    static Dl4jModel of(Network network, String configuration, boolean graph) {
        softmaxEnds(network);
        return new Dl4jModel(network, Partition.of(network), configuration, graph);
    }

    private static void softmaxEnds(Network network) {
        List<Step> steps = network.steps();
        for (Step step : steps.subList(0, steps.size() - 1)) {
            boolean softmax =
                    step.action() instanceof Action.Activate activate
                            && activate.function().kind() == Activation.Kind.SOFTMAX;
            if (softmax) {
                throw new TunebookException(
                        "layer " + step.layer(),
                        "has softmax inside the network",
                        "use softmax at the output only");
            }
        }
    }

    /** Images with values 0 … 1, as DL4J's own scaler gives them; none where it takes vectors. */
    @Override
    public Optional<ImageInput> sees() {
        Form form = network.input();
        if (!form.isImage()) return Optional.empty();
        List<Double> zeros = Collections.nCopies(form.channels(), 0.0);
        List<Double> ones = Collections.nCopies(form.channels(), 1.0);
        return Optional.of(
                new ImageInput(form.height(), form.width(), form.channels(), zeros, ones));
    }

    @Override
    public int blocks() {
        return partition.blocks().size();
    }

    @Override
    public int width() {
        return width(blocks() + 1);
    }

    @Override
    public int width(int stages) {
        return after(stages).channels();
    }

    @Override
    public int rows(int stages, int rows) {
        Form form = after(stages);
        return stages == 0 ? rows : form.height() * form.width();
    }

    private Form after(int stages) {
        if (stages < 2) return network.input();
        List<Step> block = partition.blocks().get(stages - 2);
        return block.get(block.size() - 1).form();
    }

    @Override
    public <T> T embed(Ops<T> ops) {
        return ops.input(Input.PIXELS, network.input().channels());
    }

    @Override
    public <T> T block(Ops<T> ops, int i, T x) {
        List<Step> block = partition.blocks().get(i);
        return Walk.over(ops, block, block.get(0).inputs().get(0), x, null);
    }

    @Override
    public int depth(String name) {
        return network.steps().stream()
                .filter(step -> name.equals(step.layer()) || name.startsWith(step.layer() + "."))
                .max(Comparator.comparingInt(step -> step.layer().length()))
                .map(this::depth)
                .orElse(blocks() + 1);
    }

    private int depth(Step step) {
        int i = 0;
        while (i < blocks() && !partition.blocks().get(i).contains(step)) i++;
        return i + 1;
    }

    @Override
    public Dl4jModel still() {
        List<Step> still =
                network.steps().stream()
                        .map(
                                s ->
                                        s.action() instanceof Action.Dropout
                                                ? new Step(
                                                        s.name(),
                                                        s.layer(),
                                                        s.inputs(),
                                                        s.form(),
                                                        new Action.Dropout(0))
                                                : s)
                        .toList();
        Network other =
                new Network(
                        network.input(),
                        still,
                        network.parameters(),
                        network.constants(),
                        network.truncated());
        return of(other, configuration, graph);
    }

    @Override
    public Batch example() {
        Form form = network.input();
        int rows = form.height() * form.width();
        Shape shape = Shape.of(rows, form.channels());
        return Batch.images(
                        1,
                        Tensor.of(
                                new float[Math.toIntExact(shape.elements())],
                                rows,
                                form.channels()))
                .labels(new int[1], null);
    }

    @Override
    public Head classifier(int labels) {
        return NetworkHead.classifier(partition, labels);
    }
}
