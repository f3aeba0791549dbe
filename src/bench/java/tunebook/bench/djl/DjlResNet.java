package tunebook.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.function.Supplier;
import tunebook.bench.work.Examples;
import tunebook.bench.work.Pictures;
import tunebook.model.ResNet;

/** ResNet-20 and its like for CIFAR on DJL, channels first, norms in training mode. */
final class DjlResNet implements DjlModel {
    private static final Shape ONE = new Shape(1, 1);

    private final ResNet model;
    private final Parameters parameters;

    DjlResNet(ResNet model, Parameters parameters) {
        this.model = model;
        this.parameters = parameters;
    }

    @Override
    public Supplier<NDArray> begin(Examples examples, NDManager here) {
        Pictures pictures = (Pictures) examples;
        long[] sizes = pictures.sizes().stream().mapToLong(i -> i).toArray();
        NDArray pixels = here.create(pictures.planes(), new Shape(sizes));
        return () -> logits(pixels);
    }

    private NDArray logits(NDArray pixels) {
        NDArray x = Activation.relu(norm(convolution(pixels, "conv1", 1), "bn1"));
        for (int stage = 0; stage < model.depths().size(); stage++)
            for (int i = 0; i < model.depths().get(stage); i++)
                x = block(x, "layer" + (stage + 1) + "." + i + ".", stage > 0 && i == 0 ? 2 : 1);
        NDArray mean = Pool.globalAvgPool2d(x);
        return Linear.linear(mean, parameters.get("linear.weight"), parameters.get("linear.bias"))
                .singletonOrThrow();
    }

    private NDArray block(NDArray x, String at, int stride) {
        NDArray h = Activation.relu(norm(convolution(x, at + "conv1", stride), at + "bn1"));
        NDArray y = norm(convolution(h, at + "conv2", 1), at + "bn2");
        return Activation.relu(y.add(stride == 1 ? x : shortcut(x)));
    }

    /** Every second pixel, and half as many zero channels on either side. */
    private static NDArray shortcut(NDArray x) {
        NDArray small = x.get(new NDIndex(":, :, ::2, ::2"));
        Shape s = small.getShape();
        NDArray zeros = x.getManager().zeros(new Shape(s.get(0), s.get(1) / 2, s.get(2), s.get(3)));
        return NDArrays.concat(new NDList(zeros, small, zeros), 1);
    }

    private NDArray convolution(NDArray x, String name, int stride) {
        return Conv2d.conv2d(
                        x, parameters.get(name + ".weight"), null, new Shape(stride, stride), ONE)
                .singletonOrThrow();
    }

    private NDArray norm(NDArray x, String name) {
        return BatchNorm.batchNorm(
                        x,
                        parameters.get(name + ".running_mean"),
                        parameters.get(name + ".running_var"),
                        parameters.get(name + ".weight"),
                        parameters.get(name + ".bias"),
                        1,
                        (float) model.momentum(),
                        (float) model.epsilon(),
                        true)
                .singletonOrThrow();
    }
}
