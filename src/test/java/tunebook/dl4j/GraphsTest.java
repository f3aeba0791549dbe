package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import tunebook.core.Precision;
import tunebook.model.Backbone;

/** Graphs of several paths, both data formats, and what stands at a network's ends. */
class GraphsTest {
    private static GraphBuilder graph() {
        return Nets.builder(DataType.DOUBLE).graphBuilder().addInputs("in").setOutputs("out");
    }

    private static ConvolutionLayer same(int out) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(out)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.TANH)
                .build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static ComputationGraph built(GraphBuilder graph, InputType type) {
        return Nets.started(new ComputationGraph(graph.setInputTypes(type).build()));
    }

    private static void answersTheSame(ComputationGraph network, Backbone ours, INDArray x) {
        double[] theirs = Nets.theirs(network, x);
        double[] logits = Nets.ours(ours, Nets.batch(x, CNN2DFormat.NCHW), Precision.DOUBLE);
        assertEquals(0, Nets.gap(theirs, Nets.softmax(logits, 3)), 1e-10);
        assertEquals(0, Nets.gap(theirs, Nets.theirs(Dl4j.network(ours), x)), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(ElementWiseVertex.Op.class)
    void imagesCombineElementwise(ElementWiseVertex.Op op) {
        String[] inputs =
                op == ElementWiseVertex.Op.Subtract
                        ? new String[] {"a", "b"}
                        : new String[] {"a", "b", "c"};
        GraphBuilder graph =
                graph().addLayer("a", same(4), "in")
                        .addLayer("b", same(4), "in")
                        .addLayer("c", same(4), "b")
                        .addVertex("both", new ElementWiseVertex(op), inputs)
                        .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "both")
                        .addLayer("out", output(), "pool");
        if (inputs.length == 2) graph.removeVertex("c", true);
        ComputationGraph network = built(graph, InputType.convolutional(6, 5, 2));
        answersTheSame(
                network, Dl4j.backbone(network, 6, 5, 2), Nets.random(DataType.DOUBLE, 3, 2, 6, 5));
    }

    @Test
    void channelsMerge() {
        GraphBuilder graph =
                graph().addLayer("a", same(4), "in")
                        .addLayer("b", same(3), "a")
                        .addVertex("both", new MergeVertex(), "b", "a", "in")
                        .addLayer("c", same(5), "both")
                        .addLayer("pool", new GlobalPoolingLayer(PoolingType.MAX), "c")
                        .addLayer("out", output(), "pool");
        ComputationGraph network = built(graph, InputType.convolutional(6, 5, 2));
        answersTheSame(
                network, Dl4j.backbone(network, 6, 5, 2), Nets.random(DataType.DOUBLE, 3, 2, 6, 5));
    }

    @Test
    void flattenedImagesMergeWithVectorsAndAreNormalized() {
        GraphBuilder graph =
                graph().addLayer("a", same(4), "in")
                        .addVertex(
                                "flat",
                                new PreprocessorVertex(new CnnToFeedForwardPreProcessor(4, 3, 4)),
                                "a")
                        .addLayer("norm", new BatchNormalization(), "flat")
                        .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "a")
                        .addVertex("both", new MergeVertex(), "pool", "norm", "flat")
                        .addLayer("tanh", new ActivationLayer(Activation.TANH), "both")
                        .addLayer("out", output(), "tanh");
        ComputationGraph network = built(graph, InputType.convolutional(4, 3, 2));
        answersTheSame(
                network, Dl4j.backbone(network, 4, 3, 2), Nets.random(DataType.DOUBLE, 3, 2, 4, 3));
    }

    @Test
    void channelsLastAnswersAsDl4jDoes() {
        GraphBuilder graph =
                graph().addLayer(
                                "a",
                                new ConvolutionLayer.Builder(3, 2)
                                        .nOut(4)
                                        .stride(2, 1)
                                        .dataFormat(CNN2DFormat.NHWC)
                                        .build(),
                                "in")
                        .addLayer(
                                "norm",
                                new BatchNormalization.Builder()
                                        .dataFormat(CNN2DFormat.NHWC)
                                        .build(),
                                "a")
                        .addLayer(
                                "pool",
                                new SubsamplingLayer.Builder(new int[] {2, 2}, new int[] {1, 1})
                                        .dataFormat(CNN2DFormat.NHWC)
                                        .build(),
                                "norm")
                        .addLayer("dense", new DenseLayer.Builder().nOut(6).build(), "pool")
                        .addLayer("out", output(), "dense");
        ComputationGraph network = built(graph, InputType.convolutional(7, 6, 2, CNN2DFormat.NHWC));
        Backbone ours = Dl4j.backbone(network, 7, 6, 2);
        INDArray x = Nets.random(DataType.DOUBLE, 3, 7, 6, 2);
        double[] theirs = Nets.theirs(network, x);
        double[] logits = Nets.ours(ours, Nets.batch(x, CNN2DFormat.NHWC), Precision.DOUBLE);
        assertEquals(0, Nets.gap(theirs, Nets.softmax(logits, 3)), 1e-10);
    }

    @Test
    void aResidualIsOneBlockAndDropoutBelongsToItsLayer() {
        GraphBuilder graph =
                graph().addLayer("first", same(4), "in")
                        .addLayer("norm", new BatchNormalization(), "first")
                        .addLayer("a", same(4), "norm")
                        .addLayer("b", same(4), "a")
                        .addVertex(
                                "sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "b", "norm")
                        .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "sum")
                        .addLayer(
                                "dense",
                                new DenseLayer.Builder().nOut(6).dropOut(0.5).build(),
                                "pool")
                        .addLayer("out", output(), "dense");
        ComputationGraph network = built(graph, InputType.convolutional(6, 6, 2));
        Backbone ours = Dl4j.backbone(network, 6, 6, 2);
        assertEquals(3, ours.model().blocks());
        assertEquals(
                List.of(1, 1, 2, 2, 3, 4),
                List.of("first.W", "norm.gamma", "a.W", "b.W", "dense.W", "out.W").stream()
                        .map(ours.model()::depth)
                        .toList());
        assertTrue(ours.sites().keySet().containsAll(List.of("first", "norm", "a", "b", "dense")));
        answersTheSame(network, ours, Nets.random(DataType.DOUBLE, 3, 2, 6, 6));
    }

    @Test
    void frozenLayersAndLossLayersAreRead() {
        MultiLayerNetwork network =
                Nets.started(
                        new MultiLayerNetwork(
                                Nets.builder(DataType.DOUBLE)
                                        .list(
                                                new FrozenLayer(
                                                        new DenseLayer.Builder()
                                                                .nIn(5)
                                                                .nOut(4)
                                                                .activation(Activation.TANH)
                                                                .build()),
                                                new DenseLayer.Builder().nIn(4).nOut(3).build(),
                                                new LossLayer.Builder(LossFunction.MCXENT)
                                                        .activation(Activation.SOFTMAX)
                                                        .build())
                                        .build()));
        Backbone ours = Dl4j.backbone(network);
        INDArray x = Nets.random(DataType.DOUBLE, 4, 5);
        double[] theirs = Nets.theirs(network, x);
        double[] logits = Nets.ours(ours, Nets.batch(x, CNN2DFormat.NCHW), Precision.DOUBLE);
        assertEquals(0, Nets.gap(theirs, Nets.softmax(logits, 3)), 1e-10);
        assertEquals(0, Nets.gap(theirs, Nets.theirs(Dl4j.network(ours), x)), 1e-12);
        assertEquals(1, ours.model().blocks());
        assertEquals(2, ours.model().depth("1.W"), "the head is called by its number");
    }

    @Test
    void theOneSquareSizeThatFitsIsFound() {
        MultiLayerNetwork network =
                Nets.started(
                        new MultiLayerNetwork(
                                Nets.builder(DataType.FLOAT)
                                        .list(
                                                new ConvolutionLayer.Builder(5, 5).nOut(4).build(),
                                                new ConvolutionLayer.Builder(5, 5).nOut(4).build(),
                                                output())
                                        .setInputType(InputType.convolutional(28, 28, 1))
                                        .build()));
        Form input = ((Dl4jModel) Dl4j.backbone(network).model()).network().input();
        assertEquals("28×28×1", input.toString());
    }
}
