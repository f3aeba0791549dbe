package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.support.Tiny;

/** What is not served is refused by the name of its layer or vertex, with what to do. */
class RefusalsTest {
    private static OutputLayer output(Activation activation) {
        return new OutputLayer.Builder(LossFunction.MSE).nOut(3).activation(activation).build();
    }

    private static MultiLayerNetwork network(Layer... layers) {
        MultiLayerNetwork network =
                new MultiLayerNetwork(
                        Nets.builder(DataType.FLOAT)
                                .list(layers)
                                .setInputType(InputType.convolutionalFlat(6, 6, 2))
                                .build());
        network.init();
        return network;
    }

    private record Case(String words, Layer layer) {
        @Override
        public String toString() {
            return words;
        }
    }

    static Stream<Case> layers() {
        return Stream.of(
                new Case(
                        "DepthwiseConvolution2D is not served",
                        new DepthwiseConvolution2D.Builder(3, 3).depthMultiplier(1).build()),
                new Case(
                        "pooling SUM is not served",
                        new SubsamplingLayer.Builder(
                                        SubsamplingLayer.PoolingType.SUM,
                                        new int[] {2, 2},
                                        new int[] {2, 2})
                                .build()),
                new Case(
                        "global pooling PNORM is not served",
                        new GlobalPoolingLayer.Builder(PoolingType.PNORM).pnorm(2).build()),
                new Case(
                        "activation elu(alpha=1.0) is not served",
                        new ConvolutionLayer.Builder(1, 1)
                                .nOut(2)
                                .activation(Activation.ELU)
                                .build()),
                new Case(
                        "a relu with a threshold",
                        new DenseLayer.Builder()
                                .nOut(4)
                                .activation(new ActivationReLU(null, 0.5, null))
                                .build()),
                new Case(
                        "has softmax inside",
                        new DenseLayer.Builder().nOut(4).activation(Activation.SOFTMAX).build()),
                new Case(
                        "GaussianDropout is not served",
                        new DenseLayer.Builder().nOut(4).dropOut(new GaussianDropout(0.5)).build()),
                new Case(
                        "has weight noise",
                        new DenseLayer.Builder().nOut(4).weightNoise(new DropConnect(0.5)).build()),
                new Case(
                        "has a layer norm",
                        new DenseLayer.Builder().nOut(4).hasLayerNorm(true).build()),
                new Case(
                        "locks gamma at 2.0",
                        new BatchNormalization.Builder(true).gamma(2).build()),
                new Case(
                        "has minibatch(false)",
                        new BatchNormalization.Builder().minibatch(false).build()));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void layersThatAreNotServedAreRefusedByName(Case c) {
        MultiLayerNetwork network = network(c.layer(), output(Activation.IDENTITY));
        refused("layer layer0", c.words(), () -> Dl4j.backbone(network));
    }

    private static void refused(
            String where, String what, org.junit.jupiter.api.function.Executable call) {
        TunebookException error = assertThrows(TunebookException.class, call);
        assertEquals(where, error.where());
        assertTrue(error.what().contains(what), error.what());
        assertTrue(error.mend().length() > 10, error.mend());
    }

    private static GraphBuilder graph() {
        return Nets.builder(DataType.FLOAT)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(4));
    }

    private static ComputationGraph built(GraphBuilder graph) {
        ComputationGraph network = new ComputationGraph(graph.build());
        network.init();
        return network;
    }

    @Test
    void verticesAndSeveralEndsAreRefusedByName() {
        ComputationGraph vertex =
                built(
                        graph().addVertex("twice", new ScaleVertex(2), "in")
                                .addLayer("out", output(Activation.IDENTITY), "twice")
                                .setOutputs("out"));
        refused(
                "DL4J network",
                "no layer says how large the input is",
                () -> Dl4j.backbone(vertex));
        ComputationGraph later =
                built(
                        graph().addLayer("dense", new DenseLayer.Builder().nOut(5).build(), "in")
                                .addVertex("twice", new ScaleVertex(2), "dense")
                                .addLayer("out", output(Activation.IDENTITY), "twice")
                                .setOutputs("out"));
        refused("vertex twice", "ScaleVertex is not served", () -> Dl4j.backbone(later));
        ComputationGraph two =
                built(
                        graph().addLayer("out", output(Activation.IDENTITY), "in")
                                .addLayer("other", output(Activation.IDENTITY), "in")
                                .setOutputs("out", "other"));
        refused("DL4J graph", "outputs [out, other]", () -> Dl4j.backbone(two));
    }

    @Test
    void sequencesAreRefusedByName() {
        MultiLayerNetwork network =
                new MultiLayerNetwork(
                        Nets.builder(DataType.FLOAT)
                                .list(
                                        new LSTM.Builder().nIn(3).nOut(4).build(),
                                        new org.deeplearning4j.nn.conf.layers.RnnOutputLayer
                                                        .Builder(LossFunction.MSE)
                                                .nIn(4)
                                                .nOut(2)
                                                .build())
                                .build());
        network.init();
        refused("layer layer0", "LSTM is not served", () -> Dl4j.backbone(network, 1, 1, 3));
    }

    @Test
    void anEndThatIsNoHeadIsRefused() {
        MultiLayerNetwork pooled =
                network(
                        new ConvolutionLayer.Builder(3, 3).nOut(4).build(),
                        new SubsamplingLayer.Builder(new int[] {2, 2}, new int[] {2, 2}).build());
        refused("layer layer1", "ends the network in an image", () -> Dl4j.backbone(pooled));
        MultiLayerNetwork normed =
                network(new DenseLayer.Builder().nOut(4).build(), new BatchNormalization());
        refused(
                "layer layer1",
                "stands between the last weights and the output",
                () -> Dl4j.backbone(normed));
    }

    @Test
    void classesAreRefusedWhereTheOutputIsNoSoftmax() {
        Backbone backbone = Dl4j.backbone(network(output(Activation.SIGMOID)));
        refused(
                "layer layer0",
                "ends the network in sigmoid",
                () -> backbone.model().classifier(3));
    }

    @Test
    void whatIsNotReadyIsRefused() {
        MultiLayerNetwork bare =
                new MultiLayerNetwork(
                        Nets.builder(DataType.FLOAT)
                                .list(output(Activation.IDENTITY))
                                .setInputType(InputType.feedForward(4))
                                .build());
        refused("DL4J network", "has no weights yet", () -> Dl4j.backbone(bare));
        refused("tiny", "came from no DL4J network", () -> Dl4j.network(Tiny.backbone(0)));
    }

    @Test
    void sizesThatLayersDoNotGiveAwayAreAskedFor() {
        MultiLayerNetwork any =
                new MultiLayerNetwork(
                        Nets.builder(DataType.FLOAT)
                                .list(
                                        new ConvolutionLayer.Builder(3, 3).nOut(4).build(),
                                        new GlobalPoolingLayer(PoolingType.AVG),
                                        output(Activation.SOFTMAX))
                                .setInputType(InputType.convolutional(9, 9, 2))
                                .build());
        any.init();
        TunebookException error = assertThrows(TunebookException.class, () -> Dl4j.backbone(any));
        assertTrue(
                error.what().contains("square images of [3, 4, 5, 6, 7] and more"), error.what());
        assertEquals("say it: backbone(network, height, width, channels)", error.mend());
        assertEquals(1, Dl4j.backbone(any, 9, 9, 2).model().blocks());
        refused(
                "layer layer0",
                "its window covers 3 pixels of 2",
                () -> Dl4j.backbone(any, 2, 2, 2));
        refused("layer layer0", "is made for 2 inputs", () -> Dl4j.backbone(any, 9, 9, 3));
    }
}
