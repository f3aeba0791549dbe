package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.adapter.Merged;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.Shape;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Method;
import tunebook.recipe.Partial;
import tunebook.recipe.Tuning;
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

    /** The backbone with what it learned in five steps. */
    private static Backbone trained(Backbone backbone, Method method) {
        Batch batch = Nets.batch(IMAGES, CNN2DFormat.NHWC).labels(new int[] {3, 7}, null);
        Tuning tuning = Tuning.of(method, backbone, backbone.model().classifier(10), 1);
        try (Engine.Held held = Nets.ENGINE.hold(backbone.weights(), Precision.FLOAT);
                Session session =
                        Nets.ENGINE.open(held, tuning.constants(), tuning.learning(), 1)) {
            double first = 0;
            double last = 0;
            for (int step = 0; step < 5; step++) {
                last = session.accumulate(tuning.programs(0).loss(), batch, 1);
                if (step == 0) first = last;
                session.step(Adam.DEFAULT, name -> 1e-3, 1);
            }
            assertTrue(last < first, first + " → " + last);
            Adapter adapter =
                    new Adapter(
                            method.label(),
                            method,
                            HeadKind.CLASSIFIER,
                            List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
                            tuning.constants(),
                            session.learned());
            return Merged.of(Nets.ENGINE, adapter, backbone).backbone();
        }
    }

    static Stream<Method> methods() {
        return Stream.of(new Full(), new Partial().last(1), new Lora(2).on("conv*"));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void tunedLenetGoesToDl4jAndAnswersTheSame(Method method) {
        Backbone tuned = trained(lenet(), method);
        double[] ours = ours(tuned, IMAGES);
        assertTrue(Nets.gap(LENET, ours) > 0.01, "it changed");
        assertArrayEquals(ours, Nets.theirs(Dl4j.network(tuned), IMAGES), 1e-5);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void tunedToyResNetGoesToDl4jAndAnswersTheSame(Method method) {
        Backbone tuned = trained(resnet(), method);
        double[] ours = ours(tuned, IMAGES);
        assertTrue(Nets.gap(RESNET, ours) > 0.01, "it changed");
        assertArrayEquals(ours, Nets.theirs(Dl4j.network(tuned), IMAGES), 1e-5);
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
