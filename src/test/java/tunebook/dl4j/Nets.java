package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.deploy.Export;
import tunebook.deploy.Stock;
import tunebook.model.Backbone;
import tunebook.model.Programs;
import tunebook.nd4j.Nd4jEngine;
import tunebook.onnx.Onnx;
import tunebook.onnx.Reads;
import tunebook.onnx.Storage;
import tunebook.recipe.FeatureExtraction;

/** DL4J networks and their answers, beside ours. */
final class Nets {
    static final Engine ENGINE = new Nd4jEngine(1);

    private Nets() {}

    /** Random weights of a fixed seed, no function where a layer says none. */
    static NeuralNetConfiguration.Builder builder(DataType type) {
        return new NeuralNetConfiguration.Builder()
                .seed(11)
                .dataType(type)
                .weightInit(WeightInit.XAVIER)
                .biasInit(0.1)
                .activation(Activation.IDENTITY);
    }

    static MultiLayerNetwork started(MultiLayerNetwork network) {
        network.init();
        shake(network.params());
        return network;
    }

    static ComputationGraph started(ComputationGraph network) {
        network.init();
        shake(network.params());
        return network;
    }

    /** Away from where norms begin; what must be positive stays so. */
    private static void shake(INDArray parameters) {
        Random random = new Random(5);
        for (long i = 0; i < parameters.length(); i++) {
            double value = parameters.getDouble(i);
            parameters.putScalar(i, value + (random.nextDouble() - 0.5) * 0.4);
        }
    }

    /** Random numbers between −1 and 1. */
    static INDArray random(DataType type, long... shape) {
        Random random = new Random(3);
        INDArray x = Nd4j.create(type, shape);
        for (long i = 0; i < x.length(); i++) x.putScalar(i, 2 * random.nextDouble() - 1);
        return x;
    }

    /** DL4J's images or vectors as a batch of ours. */
    static Batch batch(INDArray x, CNN2DFormat format) {
        int images = (int) x.size(0);
        INDArray last = x.rank() == 4 && format == CNN2DFormat.NCHW ? x.permute(0, 2, 3, 1) : x;
        int channels = (int) last.size(last.rank() - 1);
        double[] values = last.dup('c').data().asDouble();
        Tensor rows = Tensor.of(values, values.length / channels, channels);
        return Batch.images(images, rows);
    }

    /** DL4J's answer. */
    static double[] theirs(NeuralNetwork network, INDArray x) {
        INDArray y =
                network instanceof MultiLayerNetwork layers
                        ? layers.output(x)
                        : ((ComputationGraph) network).output(x)[0];
        return y.dup('c').data().asDouble();
    }

    /** Ours, of the head with as many labels as the network came with. */
    static double[] ours(Backbone backbone, Batch batch, Precision precision) {
        Dl4jModel model = (Dl4jModel) backbone.model();
        int labels = model.partition().last().out();
        Programs programs = new Programs(model, model.classifier(labels), Decorator.NONE, 0);
        try (Engine.Held held = ENGINE.hold(backbone.weights(), precision);
                Session session = ENGINE.open(held, Weights.none(), 0)) {
            double[] logits = session.evaluate(programs.logits(), batch).doubles();
            exportedTheSame(programs, backbone, batch, logits);
            return logits;
        }
    }

    /** A stock ONNX runtime answers so too. */
    private static void exportedTheSame(
            Programs programs, Backbone backbone, Batch batch, double[] logits) {
        Reads reads = Export.reads(backbone.model(), new FeatureExtraction());
        byte[] file =
                Onnx.of(programs.logits(), reads, backbone.weights(), Storage.FLOAT32, Map.of());
        double[] theirs;
        try (Stock stock = new Stock(file, reads, 1, false)) {
            theirs = stock.logits(batch).doubles();
        }
        assertEquals(logits.length, theirs.length);
        for (int i = 0; i < logits.length; i++)
            assertEquals(logits[i], theirs[i], 1e-4 * Math.max(1, Math.abs(logits[i])));
    }

    /** Rows of exp(x) / Σ exp(x). */
    static double[] softmax(double[] logits, int classes) {
        double[] y = new double[logits.length];
        for (int row = 0; row < y.length; row += classes) {
            double sum = 0;
            for (int i = row; i < row + classes; i++) sum += Math.exp(logits[i]);
            for (int i = row; i < row + classes; i++) y[i] = Math.exp(logits[i]) / sum;
        }
        return y;
    }

    static double gap(double[] a, double[] b) {
        if (a.length != b.length) return Double.POSITIVE_INFINITY;
        double gap = 0;
        for (int i = 0; i < a.length; i++) gap = Math.max(gap, Math.abs(a[i] - b[i]));
        return gap;
    }
}
