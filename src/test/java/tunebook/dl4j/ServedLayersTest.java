package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import tunebook.core.Precision;
import tunebook.model.Backbone;

/** Every layer that is served, between two that make its input and read its output. */
class ServedLayersTest {
    private static final int HEIGHT = 7;
    private static final int WIDTH = 6;
    private static final int CHANNELS = 3;

    private record Case(String name, Layer layer, boolean image) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case image(String name, Layer layer) {
        return new Case(name, layer, true);
    }

    private static Case vector(String name, Layer layer) {
        return new Case(name, layer, false);
    }

    private static ConvolutionLayer.Builder convolution(int... kernel) {
        return new ConvolutionLayer.Builder(kernel).nOut(5);
    }

    private static SubsamplingLayer.Builder pooling(
            SubsamplingLayer.PoolingType type, int... kernel) {
        return new SubsamplingLayer.Builder(type, kernel, new int[] {2, 2});
    }

    private static Layer function(IActivation function) {
        return new ActivationLayer(function);
    }

    static Stream<Case> cases() {
        Stream<Case> windows =
                Stream.of(
                        image("3×3", convolution(3, 3).build()),
                        image("3×2 without bias", convolution(3, 2).hasBias(false).build()),
                        image("strides", convolution(3, 3).stride(2, 1).build()),
                        image("padding", convolution(3, 3).padding(1, 2).build()),
                        image("dilation", convolution(2, 2).dilation(2, 3).build()),
                        image(
                                "same",
                                convolution(3, 2)
                                        .convolutionMode(ConvolutionMode.Same)
                                        .stride(2, 2)
                                        .build()),
                        image(
                                "same, dilated",
                                convolution(3, 3)
                                        .convolutionMode(ConvolutionMode.Same)
                                        .dilation(2, 2)
                                        .build()),
                        image(
                                "strict",
                                convolution(3, 2)
                                        .convolutionMode(ConvolutionMode.Strict)
                                        .stride(2, 2)
                                        .build()),
                        image("max", pooling(SubsamplingLayer.PoolingType.MAX, 2, 2).build()),
                        image(
                                "max, padded",
                                pooling(SubsamplingLayer.PoolingType.MAX, 3, 3)
                                        .padding(1, 1)
                                        .build()),
                        image(
                                "max, same",
                                pooling(SubsamplingLayer.PoolingType.MAX, 3, 3)
                                        .convolutionMode(ConvolutionMode.Same)
                                        .build()),
                        image("average", pooling(SubsamplingLayer.PoolingType.AVG, 3, 2).build()),
                        image(
                                "average, padded",
                                pooling(SubsamplingLayer.PoolingType.AVG, 3, 3)
                                        .padding(1, 1)
                                        .build()),
                        image(
                                "average, same",
                                pooling(SubsamplingLayer.PoolingType.AVG, 3, 3)
                                        .convolutionMode(ConvolutionMode.Same)
                                        .build()),
                        image(
                                "average, padding counted",
                                pooling(SubsamplingLayer.PoolingType.AVG, 3, 3)
                                        .padding(1, 1)
                                        .avgPoolIncludePadInDivisor(true)
                                        .build()),
                        image("zero padding", new ZeroPaddingLayer(1, 0, 2, 1)),
                        image("global max", new GlobalPoolingLayer(PoolingType.MAX)),
                        image("global average", new GlobalPoolingLayer(PoolingType.AVG)));
        Stream<Case> others =
                Stream.of(
                        image("norm of channels", new BatchNormalization.Builder().build()),
                        vector("norm", new BatchNormalization.Builder().eps(1e-3).build()),
                        vector(
                                "norm that keeps variances",
                                new BatchNormalization.Builder().useLogStd(false).build()),
                        vector("locked norm", new BatchNormalization.Builder(true).build()),
                        vector("dropout layer", new DropoutLayer(0.4)),
                        vector("dense", new DenseLayer.Builder().nOut(4).build()),
                        vector(
                                "dense without bias, dropped",
                                new DenseLayer.Builder()
                                        .nOut(4)
                                        .hasBias(false)
                                        .dropOut(0.5)
                                        .build()));
        Stream<Case> functions =
                Stream.of(
                                Activation.IDENTITY,
                                Activation.RELU,
                                Activation.RELU6,
                                Activation.LEAKYRELU,
                                Activation.TANH,
                                Activation.SIGMOID,
                                Activation.SWISH)
                        .map(f -> vector(f.name(), function(f.getActivationFunction())));
        Stream<Case> bounded =
                Stream.of(
                        vector("leaky 0.3", function(new ActivationLReLU(0.3))),
                        vector("relu up to 0.5", function(new ActivationReLU(0.5, null, null))),
                        vector("leaky up to 0.5", function(new ActivationReLU(0.5, 0.0, 0.2))));
        return Stream.of(windows, others, functions, bounded).flatMap(s -> s);
    }

    private static MultiLayerNetwork network(Case c, DataType type) {
        Layer first =
                c.image()
                        ? new ConvolutionLayer.Builder(1, 1)
                                .nOut(4)
                                .activation(Activation.TANH)
                                .build()
                        : new DenseLayer.Builder().nOut(9).build();
        Layer output =
                new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(3)
                        .activation(Activation.IDENTITY)
                        .build();
        return Nets.started(
                new MultiLayerNetwork(
                        Nets.builder(type)
                                .list(first, c.layer().clone(), output)
                                .setInputType(InputType.convolutionalFlat(HEIGHT, WIDTH, CHANNELS))
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersAsDl4jDoesInDouble(Case c) {
        assertEquals(0, gap(c, DataType.DOUBLE), 1e-10);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersAsDl4jDoesInFloat(Case c) {
        assertEquals(0, gap(c, DataType.FLOAT), 1e-5);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comesBackTheSame(Case c) {
        MultiLayerNetwork network = network(c, DataType.DOUBLE);
        NeuralNetwork again = Dl4j.network(Dl4j.backbone(network));
        INDArray x = Nets.random(DataType.DOUBLE, 4, (long) HEIGHT * WIDTH * CHANNELS);
        assertEquals(0, Nets.gap(Nets.theirs(network, x), Nets.theirs(again, x)), 1e-13);
    }

    private static double gap(Case c, DataType type) {
        MultiLayerNetwork network = network(c, type);
        Backbone backbone = Dl4j.backbone(network);
        INDArray images = Nets.random(type, 4, CHANNELS, HEIGHT, WIDTH);
        INDArray vectors = images.reshape('c', 4, -1);
        INDArray x = c.image() ? images : vectors;
        double[] theirs = Nets.theirs(network, vectors);
        assertTrue(Nets.gap(theirs, new double[theirs.length]) > 0.01, "all but zero");
        Precision precision = type == DataType.DOUBLE ? Precision.DOUBLE : Precision.FLOAT;
        return Nets.gap(theirs, Nets.ours(backbone, Nets.batch(x, CNN2DFormat.NCHW), precision));
    }
}
