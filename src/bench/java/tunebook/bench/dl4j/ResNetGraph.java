package tunebook.bench.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.model.ResNet;

/** ResNet-20 and its like for CIFAR as a DL4J graph, with given weights. */
final class ResNetGraph {
    private static final String WIDER = "wider";

    private final ResNet model;
    private final GraphBuilder graph;

    private ResNetGraph(ResNet model, Adam rule) {
        this.model = model;
        this.graph = new NeuralNetConfiguration.Builder().updater(rule).seed(1).graphBuilder();
    }

    /**
     * @param weights in the file's layout, [out, in, height, width]
     */
    static ComputationGraph of(ResNet model, Weights weights, int labels, Adam rule) {
        ComputationGraph graph =
                new ComputationGraph(new ResNetGraph(model, rule).layers(labels).build());
        graph.init();
        for (String name : weights.names()) put(graph, name, weights.get(name));
        widen(graph);
        return graph;
    }

    private static void put(ComputationGraph graph, String name, Tensor tensor) {
        String layer = name.substring(0, name.lastIndexOf('.'));
        if (graph.getLayer(layer) == null || name.contains(".bn") || name.startsWith("bn")) return;
        long[] sizes = tensor.shape().sizes().stream().mapToLong(i -> i).toArray();
        INDArray values = Nd4j.createFromArray(tensor.floats()).reshape('c', sizes);
        boolean bias = name.endsWith(".bias");
        INDArray there = graph.getLayer(layer).getParam(bias ? "b" : "W");
        there.assign(
                layer.equals("linear") && !bias
                        ? values.transpose()
                        : values.reshape(there.shape()));
    }

    private GraphBuilder layers(int labels) {
        graph.addInputs("input")
                .setInputTypes(
                        InputType.convolutional(
                                model.image().height(),
                                model.image().width(),
                                model.image().channels()));
        String x =
                relu("relu1", norm("bn1", convolution("conv1", "input", model.widths().get(0), 1)));
        int in = model.widths().get(0);
        for (int stage = 0; stage < model.depths().size(); stage++) {
            int out = model.widths().get(stage);
            for (int i = 0; i < model.depths().get(stage); i++) {
                x = block(x, "layer" + (stage + 1) + "." + i + ".", in, out);
                in = out;
            }
        }
        graph.addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), x)
                .addLayer(
                        "linear",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .nOut(labels)
                                .build(),
                        "mean");
        return graph.setOutputs("linear");
    }

    private String block(String x, String at, int in, int out) {
        int stride = in == out ? 1 : 2;
        String h = relu(at + "relu1", norm(at + "bn1", convolution(at + "conv1", x, out, stride)));
        String y = norm(at + "bn2", convolution(at + "conv2", h, out, 1));
        String sum = at + "sum";
        graph.addVertex(
                sum,
                new ElementWiseVertex(ElementWiseVertex.Op.Add),
                y,
                in == out ? x : shortcut(x, at, out));
        return relu(at + "relu2", sum);
    }

    /**
     * Every second pixel, and half as many zero channels on either side: DL4J has no layer that
     * pads channels, but a frozen product with ones in the right places does the same.
     */
    private String shortcut(String x, String at, int out) {
        graph.addLayer(
                at + WIDER,
                new FrozenLayerWithBackprop(
                        new ConvolutionLayer.Builder(1, 1)
                                .stride(2, 2)
                                .nOut(out)
                                .hasBias(false)
                                .activation(Activation.IDENTITY)
                                .build()),
                x);
        return at + WIDER;
    }

    private static void widen(ComputationGraph graph) {
        for (Layer layer : graph.getLayers()) {
            if (!layer.conf().getLayer().getLayerName().endsWith(WIDER)) continue;
            INDArray filter = layer.getParam("W");
            filter.assign(0);
            long in = filter.size(1);
            for (long i = 0; i < in; i++)
                filter.putScalar(new long[] {(filter.size(0) - in) / 2 + i, i, 0, 0}, 1);
        }
    }

    private String convolution(String name, String x, int out, int stride) {
        graph.addLayer(
                name,
                new ConvolutionLayer.Builder(3, 3)
                        .stride(stride, stride)
                        .padding(1, 1)
                        .nOut(out)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build(),
                x);
        return name;
    }

    private String norm(String name, String x) {
        graph.addLayer(
                name,
                new BatchNormalization.Builder()
                        .eps(model.epsilon())
                        .decay(1 - model.momentum())
                        .activation(Activation.IDENTITY)
                        .build(),
                x);
        return name;
    }

    private String relu(String name, String x) {
        graph.addLayer(name, new ActivationLayer(Activation.RELU), x);
        return name;
    }
}
