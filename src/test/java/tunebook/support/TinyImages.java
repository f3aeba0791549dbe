package tunebook.support;

import java.util.List;
import java.util.SplittableRandom;
import tunebook.core.Batch;
import tunebook.core.Tensor;
import tunebook.model.Backbone;
import tunebook.model.ImageInput;
import tunebook.model.ResNet;

/** The smallest image models, and images of two kinds that can be told apart. */
public final class TinyImages {
    private TinyImages() {}

    /** Three blocks for 8 × 8 pixels, with option-A shortcuts. */
    public static Backbone cifar() {
        return backbone(
                new ResNet(
                        ResNet.Form.CIFAR,
                        List.of(1, 1, 1),
                        List.of(4, 8, 16),
                        ImageInput.of(8, 3),
                        1e-5,
                        0.1));
    }

    /** Three blocks for 19 × 19 pixels, with projections. */
    public static Backbone basic() {
        return backbone(
                new ResNet(
                        ResNet.Form.BASIC,
                        List.of(1, 2),
                        List.of(4, 8),
                        ImageInput.of(19, 3),
                        1e-5,
                        0.1));
    }

    /** Three blocks with bottlenecks. */
    public static Backbone bottleneck() {
        return backbone(
                new ResNet(
                        ResNet.Form.BOTTLENECK,
                        List.of(1, 2),
                        List.of(4, 6),
                        ImageInput.of(16, 3),
                        1e-5,
                        0.1));
    }

    private static Backbone backbone(ResNet model) {
        String name = "tiny " + model.form();
        return new Backbone(name, model, Tiny.weights(model, 7), null);
    }

    /** Images with labels: of kind 0 the upper half is brighter, of kind 1 the lower one. */
    public static Batch batch(Backbone backbone, int count, long seed) {
        ImageInput image = ((ResNet) backbone.model()).image();
        SplittableRandom random = new SplittableRandom(seed);
        int size = image.pixels() * image.channels();
        float[] pixels = new float[count * size];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2;
            for (int p = 0; p < size; p++) {
                boolean upper = p < size / 2;
                float light = upper == (labels[i] == 0) ? 0.7f : -0.7f;
                pixels[i * size + p] = light + (float) random.nextGaussian();
            }
        }
        return Batch.images(count, Tensor.of(pixels, count * image.pixels(), image.channels()))
                .labels(labels, null);
    }
}
