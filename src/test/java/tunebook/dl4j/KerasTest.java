package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.Precision;
import tunebook.core.Shape;
import tunebook.model.Backbone;
import tunebook.support.Shared;

/**
 * Two models that Keras saved. The logits are what DL4J's own importer (1.0.0-M2.1 over HDF5
 * 1.12.1) answers to two images whose i-th number is (7919·i mod 256)/255.
 */
class KerasTest {
    private static final double[] LENET = {
        6.8094044, -0.28425676, 3.836738, 2.6706934, -2.0628247, -0.32980755, 4.996527, -2.1212475,
        7.978053, -2.8695161, 6.965438, 0.011299077, 3.7710128, 2.5800974, -2.2221186, -0.35469607,
        5.31078, -2.288158, 8.34367, -3.2118318
    };
    private static final double[] RESNET = {
        1.0776939, -2.7885163, 1.6283568, -2.7302914, -3.174627, -3.9925857, 0.7264733, -5.649023,
        3.6748822, -4.347576, 1.0583351, -2.803169, 1.7031558, -2.7575188, -3.0953693, -4.0131955,
        0.7446191, -5.7245035, 3.6769533, -4.4528093
    };

    private static final INDArray IMAGES = images();

    private static INDArray images() {
        float[] values = new float[2 * 28 * 28];
        for (int i = 0; i < values.length; i++) values[i] = (i * 7919 % 256) / 255f;
        return Nd4j.create(values, new long[] {2, 28, 28, 1}, 'c');
    }

    private static Backbone lenet() {
        Path at = Shared.path("data/weights/keras/mnist/lenet");
        return Keras.read(at.resolve("modelConfig.json"), at.resolve("mnist_weights_only.h5"));
    }

    private static Backbone resnet() {
        Path at = Shared.path("data/weights/keras/toyresnet");
        return Keras.read(at.resolve("modelConfig.json"), at.resolve("weights.h5"));
    }

    private static double[] ours(Backbone backbone, INDArray x) {
        return Nets.ours(backbone, Nets.batch(x, CNN2DFormat.NHWC), Precision.FLOAT);
    }

    @Test
    void lenetAnswersAsDl4jsImporterMakesIt() {
        assertArrayEquals(LENET, ours(lenet(), IMAGES), 1e-5);
    }

    @Test
    void toyResNetAnswersAsDl4jsImporterMakesIt() {
        assertArrayEquals(RESNET, ours(resnet(), IMAGES), 1e-5);
    }

    @Test
    void lenetGoesToDl4jAndAnswersTheSame() {
        MultiLayerNetwork network = (MultiLayerNetwork) Dl4j.network(lenet());
        assertEquals(844_326, network.numParams());
        assertArrayEquals(LENET, Nets.theirs(network, IMAGES), 1e-5);
    }

    @Test
    void toyResNetGoesToDl4jAndAnswersTheSame() {
        ComputationGraph network = (ComputationGraph) Dl4j.network(resnet());
        assertEquals(222_666, network.numParams());
        assertArrayEquals(RESNET, Nets.theirs(network, IMAGES), 1e-5);
    }

    @Test
    void blocksBeginWhereOneActivationPasses() {
        Backbone lenet = lenet();
        assertEquals(4, lenet.model().blocks());
        assertEquals(1, lenet.model().depth("conv2d.W"));
        assertEquals(2, lenet.model().depth("conv2d_1.lora_A.weight"));
        assertEquals(3, lenet.model().depth("dense"));
        assertEquals(4, lenet.model().depth("dense_1.b"));
        assertEquals(5, lenet.model().depth("dense_2.W"));
        assertEquals(Shape.of(32, 9), lenet.weights().get("conv2d.W").shape());
        Backbone resnet = resnet();
        assertEquals(6, resnet.model().blocks(), "both convolutions of a residual are one block");
        assertEquals(3, resnet.model().depth("conv2d_36.W"));
        assertEquals(3, resnet.model().depth("conv2d_37.W"));
    }

    /** The models' note says 87.2% and 82.8% of 900 images, as other software counts them. */
    @Test
    void bothRecognizeRealClothes() throws IOException {
        assertEquals(0.872, accuracy(lenet()), 0.0006);
        assertEquals(0.828, accuracy(resnet()), 0.0006);
    }

    private static double accuracy(Backbone backbone) throws IOException {
        BufferedImage sprite =
                ImageIO.read(Shared.path("data/images/fashion-mnist-sprite.png").toFile());
        float[] values = new float[900 * 28 * 28];
        for (int i = 0; i < values.length; i++) {
            int image = i / 784;
            int x = image % 30 * 28 + i % 28;
            int y = image / 30 * 28 + i / 28 % 28;
            values[i] = (sprite.getRGB(x, y) & 255) / 255f;
        }
        double[] logits = ours(backbone, Nd4j.create(values, new long[] {900, 28, 28, 1}, 'c'));
        int right = 0;
        for (int image = 0; image < 900; image++) {
            int best = 0;
            for (int c = 1; c < 10; c++)
                if (logits[image * 10 + c] > logits[image * 10 + best]) best = c;
            if (best == image / 90) right++;
        }
        return right / 900.0;
    }
}
