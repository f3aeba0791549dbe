package tunebook.bench.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import tunebook.bench.work.Digits;

/** DL4J's LeNet for digits: two convolutions of 5 x 5 with pooling, a dense layer, ten classes. */
public final class LeNet {
    /** The last layer whose output is the same in every epoch where only dense layers learn. */
    static final int FROZEN = 3;

    /** Classes. */
    static final int LABELS = 10;

    private LeNet() {}

    /** With drawn weights, the same each time. */
    public static MultiLayerNetwork network() {
        MultiLayerNetwork network =
                new MultiLayerNetwork(
                        new NeuralNetConfiguration.Builder()
                                .seed(1)
                                .updater(new NoOp())
                                .weightInit(WeightInit.XAVIER)
                                .activation(Activation.RELU)
                                .list()
                                .layer(new ConvolutionLayer.Builder(5, 5).nOut(20).build())
                                .layer(pooling())
                                .layer(new ConvolutionLayer.Builder(5, 5).nOut(50).build())
                                .layer(pooling())
                                .layer(new DenseLayer.Builder().nOut(500).build())
                                .layer(
                                        new OutputLayer.Builder(LossFunction.MCXENT)
                                                .activation(Activation.SOFTMAX)
                                                .nOut(LABELS)
                                                .build())
                                .setInputType(InputType.convolutional(Digits.SIZE, Digits.SIZE, 1))
                                .build());
        network.init();
        return network;
    }

    private static SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }
}
