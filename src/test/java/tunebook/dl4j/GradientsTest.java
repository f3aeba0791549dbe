package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.model.Programs;

/** Loss, gradients and running statistics of a training step against DL4J's own. */
class GradientsTest {
    private static final int IMAGES = 6;
    private static final int LABELS = 3;

    private static MultiLayerNetwork network(DataType type, boolean logarithm) {
        return Nets.started(
                new MultiLayerNetwork(
                        Nets.builder(type)
                                .updater(new Sgd(0.1))
                                .list(
                                        new ConvolutionLayer.Builder(3, 3)
                                                .nOut(4)
                                                .convolutionMode(ConvolutionMode.Same)
                                                .stride(2, 2)
                                                .name("conv")
                                                .build(),
                                        new BatchNormalization.Builder()
                                                .decay(0.8)
                                                .useLogStd(logarithm)
                                                .name("norm")
                                                .build(),
                                        new ConvolutionLayer.Builder(2, 2)
                                                .nOut(5)
                                                .activation(Activation.SWISH)
                                                .name("conv2")
                                                .build(),
                                        new SubsamplingLayer.Builder(
                                                        new int[] {2, 2}, new int[] {1, 1})
                                                .name("pool")
                                                .build(),
                                        new DenseLayer.Builder()
                                                .nOut(7)
                                                .activation(Activation.TANH)
                                                .name("dense")
                                                .build(),
                                        new OutputLayer.Builder(LossFunction.MCXENT)
                                                .nOut(LABELS)
                                                .activation(Activation.SOFTMAX)
                                                .name("out")
                                                .build())
                                .setInputType(InputType.convolutionalFlat(7, 8, 2))
                                .build()));
    }

    @ParameterizedTest
    @CsvSource({"DOUBLE, true, 1e-13", "DOUBLE, false, 1e-13", "FLOAT, false, 5e-6"})
    void lossAndGradientsAreDl4js(DataType type, boolean logarithm, double tolerance) {
        MultiLayerNetwork network = network(type, logarithm);
        Backbone backbone = Dl4j.backbone(network);
        INDArray x = Nets.random(type, IMAGES, 2, 7, 8);
        int[] labels = {0, 1, 2, 2, 1, 0};
        INDArray right = Nd4j.zeros(type, IMAGES, LABELS);
        for (int i = 0; i < IMAGES; i++) right.putScalar(i, labels[i], 1);
        network.setInput(x.reshape('c', IMAGES, -1));
        network.setLabels(right);
        network.computeGradientAndScore();

        Batch batch = Nets.batch(x, CNN2DFormat.NCHW).labels(labels, null);
        Dl4jModel model = (Dl4jModel) backbone.model();
        Programs programs = new Programs(model, model.classifier(LABELS), Decorator.NONE, 0);
        Precision precision = type == DataType.DOUBLE ? Precision.DOUBLE : Precision.FLOAT;
        try (Engine.Held held = Nets.ENGINE.hold(Weights.none(), precision);
                Session session = Nets.ENGINE.open(held, backbone.weights(), 0)) {
            double loss = session.accumulate(programs.loss(), batch, 1);
            assertEquals(network.score(), loss, tolerance);
            Weights gradients = session.gradients();
            for (Parameter parameter : model.network().parameters()) {
                String name = parameter.weight().name();
                if (name.matches("norm\\.(mean|var)")) continue;
                // DL4J sums over the images and divides in the updater.
                int layer = network.getLayer(parameter.layer()).getIndex();
                INDArray sum = network.gradient().getGradientFor(layer + "_" + parameter.key());
                double[] theirs = parameter.read(sum.div(IMAGES)).doubles();
                double[] ours = gradients.get(name).doubles();
                // A shift before a norm changes nothing: its gradient is zero.
                boolean learns = Nets.gap(ours, new double[ours.length]) > 1e-4;
                assertEquals(!name.equals("conv.b"), learns, name + " learns");
                assertEquals(0, Nets.gap(theirs, ours), tolerance, name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runningStatisticsFollowAsDl4jsDo(boolean logarithm) {
        MultiLayerNetwork network = network(DataType.DOUBLE, logarithm);
        Backbone backbone = Dl4j.backbone(network);
        INDArray x = Nets.random(DataType.DOUBLE, IMAGES, 2, 7, 8);
        INDArray right = Nd4j.zeros(DataType.DOUBLE, IMAGES, LABELS);
        right.putColumn(0, Nd4j.ones(DataType.DOUBLE, IMAGES, 1));
        network.fit(x.reshape('c', IMAGES, -1), right);

        Batch batch = Nets.batch(x, CNN2DFormat.NCHW).labels(new int[IMAGES], null);
        Dl4jModel model = (Dl4jModel) backbone.model();
        Programs programs = new Programs(model, model.classifier(LABELS), Decorator.NONE, 0);
        try (Engine.Held held = Nets.ENGINE.hold(Weights.none(), Precision.DOUBLE);
                Session session = Nets.ENGINE.open(held, backbone.weights(), 0)) {
            session.accumulate(programs.loss(), batch, 1);
            Weights after = session.learned();
            Weights theirs = Dl4j.backbone(network).weights();
            for (String name : new String[] {"norm.mean", "norm.var"}) {
                double[] expected = theirs.get(name).doubles();
                double moved = Nets.gap(expected, backbone.weights().get(name).doubles());
                assertTrue(moved > 1e-2, name + " moved by " + moved);
                assertEquals(0, Nets.gap(expected, after.get(name).doubles()), 1e-10, name);
            }
        }
    }
}
