package tunebook.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import tunebook.core.TunebookException;

/** What a network takes. DL4J's configurations do not keep it. */
final class Inputs {
    /** Images up to this size are tried. */
    private static final int TRIED = 1024;

    private static final Map<Class<? extends Layer>, Function<Layer, CNN2DFormat>> FORMATS =
            Map.of(
                    ConvolutionLayer.class, l -> ((ConvolutionLayer) l).getCnn2dDataFormat(),
                    Convolution2D.class, l -> ((ConvolutionLayer) l).getCnn2dDataFormat(),
                    SubsamplingLayer.class, l -> ((SubsamplingLayer) l).getCnn2dDataFormat(),
                    Pooling2D.class, l -> ((SubsamplingLayer) l).getCnn2dDataFormat(),
                    ZeroPaddingLayer.class, l -> ((ZeroPaddingLayer) l).getDataFormat());

    private Inputs() {}

    /** Images of a size, channels where the network's first layer of images has them. */
    static Form image(Topology topology, int height, int width, int channels) {
        return Form.image(height, width, channels, format(topology));
    }

    private static CNN2DFormat format(Topology topology) {
        return topology.nodes().stream()
                .filter(n -> n.layer() != null && FORMATS.containsKey(n.layer().getClass()))
                .map(n -> FORMATS.get(n.layer().getClass()).apply(n.layer()))
                .findFirst()
                .orElse(CNN2DFormat.NCHW);
    }

    /**
     * Reads a network for the input that its layers give away: a reshaping preprocessor, the width
     * of a dense layer, or the one square size of images for which the flattened size is right.
     * Strides and pooling often leave several: then nothing is guessed.
     *
     * @throws TunebookException if they do not
     */
    static Network read(Topology topology) {
        for (Topology.Node node : topology.nodes()) {
            if (!node.inputs().contains(Network.INPUT)) continue;
            if (node.before() instanceof FeedForwardToCnnPreProcessor reshape) {
                return Assembly.of(
                        topology,
                        Form.image(
                                Math.toIntExact(reshape.getInputHeight()),
                                Math.toIntExact(reshape.getInputWidth()),
                                Math.toIntExact(reshape.getNumChannels()),
                                CNN2DFormat.NCHW));
            }
            boolean dense =
                    node.layer() instanceof DenseLayer || node.layer() instanceof OutputLayer;
            if (dense && node.before() == null)
                return Assembly.of(topology, Form.vector(channels(node.layer())));
        }
        return tried(topology);
    }

    private static int channels(Layer layer) {
        long in = ((FeedForwardLayer) layer).getNIn();
        if (in < 1 || in > Integer.MAX_VALUE) {
            throw new TunebookException(
                    "layer " + layer.getLayerName(), "nIn is " + in, "set nIn, or setInputType");
        }
        return (int) in;
    }

    private static Network tried(Topology topology) {
        int channels =
                topology.nodes().stream()
                        .map(Topology.Node::layer)
                        .filter(ConvolutionLayer.class::isInstance)
                        .map(Inputs::channels)
                        .findFirst()
                        .orElseThrow(() -> unknown("no layer says how large the input is", null));
        List<Network> fitting = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        TunebookException misfit = null;
        for (int size = 1; size <= TRIED && sizes.size() < 5; size++) {
            try {
                fitting.add(Assembly.of(topology, image(topology, size, size, channels)));
                sizes.add(size);
            } catch (TunebookException e) {
                misfit = e;
            }
        }
        if (fitting.size() == 1) return fitting.get(0);
        if (fitting.isEmpty() && misfit != null) throw misfit;
        throw unknown("its layers fit square images of " + sizes + " and more", misfit);
    }

    private static TunebookException unknown(String why, TunebookException cause) {
        return new TunebookException(
                "DL4J network",
                why + ", and DL4J does not keep the input's size",
                "say it: backbone(network, height, width, channels)",
                cause);
    }
}
