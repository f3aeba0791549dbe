package tunebook.dl4j;

import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import tunebook.core.BatchNorm;
import tunebook.core.Linear;
import tunebook.core.TunebookException;
import tunebook.dl4j.Assembly.Chain;

/** DL4J's layers as steps. Classes are matched exactly: a subclass computes something else. */
final class Layers {
    private static final Map<Class<? extends Layer>, BiConsumer<Layer, Chain>> SERVED =
            Map.ofEntries(
                    Map.entry(DenseLayer.class, (l, to) -> dense((DenseLayer) l, to)),
                    Map.entry(OutputLayer.class, (l, to) -> output((OutputLayer) l, to)),
                    Map.entry(LossLayer.class, (l, to) -> to.then(activation((BaseLayer) l, to))),
                    Map.entry(ConvolutionLayer.class, (l, to) -> convolve(l, to)),
                    Map.entry(Convolution2D.class, (l, to) -> convolve(l, to)),
                    Map.entry(SubsamplingLayer.class, Layers::pool),
                    Map.entry(Pooling2D.class, Layers::pool),
                    Map.entry(ZeroPaddingLayer.class, Layers::pad),
                    Map.entry(GlobalPoolingLayer.class, Layers::poolAll),
                    Map.entry(BatchNormalization.class, Layers::normalize),
                    Map.entry(
                            ActivationLayer.class,
                            (l, to) -> to.then(function((ActivationLayer) l, to))),
                    Map.entry(DropoutLayer.class, Layers::dropout));

    private Layers() {}

    /**
     * Adds a layer's steps.
     *
     * @throws TunebookException naming a layer that is not served, or that does not fit
     */
    static void read(Layer layer, Chain to) {
        BiConsumer<Layer, Chain> reader = SERVED.get(layer.getClass());
        if (reader == null) {
            throw to.refused(
                    layer.getClass().getSimpleName() + " is not served",
                    "use a network of "
                            + names(SERVED.keySet())
                            + ", or take such layers out with DL4J's TransferLearning");
        }
        reader.accept(layer, to);
    }

    private static String names(Set<Class<? extends Layer>> classes) {
        return classes.stream()
                .map(Class::getSimpleName)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static void dense(DenseLayer layer, Chain to) {
        if (layer.hasLayerNorm()) throw to.refused("has a layer norm", "build it without");
        product(layer, layer.hasBias(), to);
    }

    private static void output(OutputLayer layer, Chain to) {
        product(layer, layer.hasBias(), to);
    }

    private static void product(FeedForwardLayer layer, boolean bias, Chain to) {
        if (to.isInput() && to.form().isImage()) Vertices.flatten(to);
        dropout(layer, to);
        Form in = to.form();
        if (in.isImage()) {
            throw to.refused(
                    "reads an image of " + in, "put a CnnToFeedForwardPreProcessor before it");
        }
        int out = size(layer.getNOut(), "nOut", to);
        expect(layer.getNIn(), in.channels(), to);
        Linear site = Sites.linear(to.node(), in.channels(), out, bias);
        to.keep(Parameter.dense(site.weight(), to.node(), in));
        if (bias) to.keep(Parameter.bias(site.bias(), to.node()));
        to.then("product", Form.vector(out), new Action.Product(site, null));
        to.then(activation(layer, to));
    }

    private static void convolve(Layer any, Chain to) {
        ConvolutionLayer layer = (ConvolutionLayer) any;
        dropout(layer, to);
        Windows.Sliding sliding = Windows.of(layer, to);
        int in = to.form().channels();
        int out = size(layer.getNOut(), "nOut", to);
        expect(layer.getNIn(), in, to);
        int positions = sliding.window().positions();
        int width = size((long) positions * in, "window", to);
        Linear site = Sites.linear(to.node(), width, out, layer.hasBias());
        to.keep(Parameter.kernels(site.weight(), to.node(), positions));
        if (layer.hasBias()) to.keep(Parameter.bias(site.bias(), to.node()));
        Form form = sliding.form().channels(out);
        to.then("product", form, new Action.Product(site, sliding.window()));
        to.then(activation(layer, to));
    }

    private static void pool(Layer any, Chain to) {
        SubsamplingLayer layer = (SubsamplingLayer) any;
        Windows.Sliding sliding = Windows.of(layer, to);
        sliding.window().needsPixels("layer " + to.node());
        Action action =
                switch (layer.getPoolingType()) {
                    case MAX -> new Action.MaxPool(sliding.window());
                    case AVG ->
                            new Action.AveragePool(
                                    sliding.window(), layer.isAvgPoolIncludePadInDivisor());
                    default ->
                            throw to.refused(
                                    "pooling " + layer.getPoolingType() + " is not served",
                                    "use MAX or AVG");
                };
        to.then("pool", sliding.form(), action);
    }

    private static void pad(Layer any, Chain to) {
        Windows.Sliding sliding = Windows.of((ZeroPaddingLayer) any, to);
        to.then("pad", sliding.form(), new Action.Pad(sliding.window()));
    }

    private static void poolAll(Layer any, Chain to) {
        GlobalPoolingLayer layer = (GlobalPoolingLayer) any;
        Windows.Sliding sliding = Windows.of(layer, to);
        Action action =
                switch (layer.getPoolingType()) {
                    case MAX -> new Action.MaxPool(sliding.window());
                    case AVG -> new Action.AveragePool(sliding.window(), false);
                    default ->
                            throw to.refused(
                                    "global pooling " + layer.getPoolingType() + " is not served",
                                    "use MAX or AVG");
                };
        to.then("pool", sliding.form(), action);
    }

    private static void normalize(Layer any, Chain to) {
        BatchNormalization layer = (BatchNormalization) any;
        Form form = to.form();
        if (form.isImage()) Windows.expect(layer.getCnn2DFormat(), to);
        expect(layer.getNOut(), form.channels(), to);
        boolean locked = layer.isLockGammaBeta();
        if (locked && (layer.getGamma() != 1 || layer.getBeta() != 0)) {
            throw to.refused(
                    "locks gamma at " + layer.getGamma() + " and beta at " + layer.getBeta(),
                    "lock them at 1 and 0, or let them learn");
        }
        if (!layer.isMinibatch()) {
            throw to.refused("has minibatch(false)", "build it with minibatch(true)");
        }
        BatchNorm site =
                Sites.batchNorm(
                        to.node(), form.channels(), layer.getDecay(), layer.getEps(), locked);
        if (!locked) {
            to.keep(Parameter.of(site.gain(), to.node(), "gamma", form));
            to.keep(Parameter.of(site.bias(), to.node(), "beta", form));
        }
        to.keep(Parameter.of(site.running().mean(), to.node(), "mean", form));
        boolean logarithmic = layer.isUseLogStd();
        to.keep(
                new Parameter(
                        site.running().variance(),
                        to.node(),
                        logarithmic ? "log10stdev" : "var",
                        (i, shape) -> form.theirs(i),
                        logarithmic));
        to.then("norm", form, new Action.Normalize(site));
    }

    /** DL4J drops what goes into a layer; only products and dropout layers heed it there. */
    private static void dropout(Layer layer, Chain to) {
        IDropout dropout = layer.getIDropout();
        if (dropout == null) return;
        if (!(dropout instanceof Dropout plain) || plain.getPSchedule() != null) {
            throw to.refused(
                    dropout.getClass().getSimpleName() + " is not served, or follows a schedule",
                    "use Dropout with one probability");
        }
        double rate = 1 - plain.getP();
        if (rate > 0) to.then("dropout", to.form(), new Action.Dropout(rate));
    }

    private static Activation activation(BaseLayer layer, Chain to) {
        if (layer.getWeightNoise() != null)
            throw to.refused("has weight noise", "build it without");
        return Activation.of("layer " + to.node(), layer.getActivationFn());
    }

    private static Activation function(ActivationLayer layer, Chain to) {
        return Activation.of("layer " + to.node(), layer.getActivationFn());
    }

    private static void expect(long said, int got, Chain to) {
        if (said != got) {
            throw to.refused(
                    "is made for " + said + " inputs and gets " + to.form(),
                    "set nIn to what comes in, or give the size of the images");
        }
    }

    private static int size(long size, String what, Chain to) {
        if (size < 1 || size > Integer.MAX_VALUE)
            throw to.refused(what + " is " + size, "give 1 or more, below 2^31");
        return (int) size;
    }
}
