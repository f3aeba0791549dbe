package tunebook.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tunebook.core.Batch;
import tunebook.core.BatchNorm;
import tunebook.core.Init;
import tunebook.core.Input;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.core.Window;

/**
 * Residual networks with torchvision's and timm's names, and the small ones for CIFAR.
 *
 * @param form how blocks are built
 * @param depths residual blocks of each stage
 * @param widths of each stage's inner convolutions; the first is the stem's too
 * @param image what it reads
 * @param epsilon of the norms
 * @param momentum of the norms' running statistics
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016, §3.3 and §4.2</a>
 */
public record ResNet(
        Form form,
        List<Integer> depths,
        List<Integer> widths,
        ImageInput image,
        double epsilon,
        double momentum)
        implements Model {
    private static final Pattern BLOCK = Pattern.compile("layer(\\d+)\\.(\\d+)\\..*");

    /** How blocks are built. */
    public enum Form {
        /** Two 3 × 3 convolutions, a projection where sizes change. */
        BASIC(1, "fc"),
        /** 1 × 1, 3 × 3 with the stride, 1 × 1 four times as wide, as torchvision has it. */
        BOTTLENECK(4, "fc"),
        /**
         * Two 3 × 3 convolutions after a 3 × 3 stem; where sizes change, the shortcut leaves out
         * every other pixel and puts zero channels on both sides (option A).
         */
        CIFAR(1, "linear");

        /** How much wider a block's result is than its inner convolutions. */
        final int expansion;

        /** What files call the last linear site. */
        final String head;

        Form(int expansion, String head) {
            this.expansion = expansion;
            this.head = head;
        }
    }

    /** Checks the sizes. */
    public ResNet {
        depths = List.copyOf(depths);
        widths = List.copyOf(widths);
        boolean positive =
                depths.stream().allMatch(d -> d > 0) && widths.stream().allMatch(w -> w > 0);
        if (depths.isEmpty() || depths.size() != widths.size() || !positive) {
            throw new TunebookException(
                    "ResNet configuration",
                    "stages of " + depths + " blocks and of widths " + widths,
                    "give each stage 1 block or more and a width");
        }
        for (int s = 1; s < widths.size(); s++) {
            int more = widths.get(s) - widths.get(s - 1);
            if (form == Form.CIFAR && (more < 0 || more % 2 != 0)) {
                throw new TunebookException(
                        "ResNet configuration",
                        "a shortcut from width "
                                + widths.get(s - 1)
                                + " to "
                                + widths.get(s)
                                + " cannot put as many zeros on both sides",
                        "make each stage an even number wider");
            }
        }
    }

    /**
     * ResNet-18, -34, -50, -101 or -152 for images of 224 × 224.
     *
     * @throws TunebookException for other numbers of layers
     */
    public static ResNet of(int layers) {
        List<Integer> depths =
                switch (layers) {
                    case 18 -> List.of(2, 2, 2, 2);
                    case 34, 50 -> List.of(3, 4, 6, 3);
                    case 101 -> List.of(3, 4, 23, 3);
                    case 152 -> List.of(3, 8, 36, 3);
                    default ->
                            throw new TunebookException(
                                    "ResNet.of(" + layers + ")",
                                    "was never published",
                                    "give 18, 34, 50, 101 or 152");
                };
        return new ResNet(
                layers < 50 ? Form.BASIC : Form.BOTTLENECK,
                depths,
                List.of(64, 128, 256, 512),
                ImageInput.of(224, 3),
                1e-5,
                0.1);
    }

    /**
     * The ResNet of 6n + 2 layers for images of 32 × 32: 20, 32, 44, 56 and so on.
     *
     * @throws TunebookException for other numbers of layers
     */
    public static ResNet cifar(int layers) {
        int n = (layers - 2) / 6;
        if (n < 1 || layers != 6 * n + 2) {
            throw new TunebookException(
                    "ResNet.cifar(" + layers + ")",
                    "is not 6n + 2 layers",
                    "give 20, 32, 44, 56 or 110");
        }
        return new ResNet(
                Form.CIFAR, List.of(n, n, n), List.of(16, 32, 64), ImageInput.of(32, 3), 1e-5, 0.1);
    }

    /** The same for other images. */
    public ResNet image(ImageInput other) {
        return new ResNet(form, depths, widths, other, epsilon, momentum);
    }

    @Override
    public Optional<ImageInput> sees() {
        return Optional.of(image);
    }

    @Override
    public int blocks() {
        return depths.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public int width() {
        return width(blocks() + 1);
    }

    @Override
    public int width(int cut) {
        return cut == 0 ? image.channels() : ResNetBlock.before(this, cut - 1).in();
    }

    @Override
    public int rows(int cut, int rows) {
        ResNetBlock next = ResNetBlock.before(this, Math.max(0, cut - 1));
        return cut == 0 ? rows : next.height() * next.width();
    }

    @Override
    public Batch example() {
        float[] black = new float[image.pixels() * image.channels()];
        return Batch.images(1, Tensor.of(black, image.pixels(), image.channels()))
                .labels(new int[1], null);
    }

    @Override
    public String architecture() {
        return form == Form.CIFAR ? "CifarResNet" : "ResNet";
    }

    @Override
    public String configuration() {
        return ResNetConfiguration.write(this);
    }

    @Override
    public ResNet still() {
        return this;
    }

    @Override
    public <T> T embed(Ops<T> ops) {
        T pixels = ops.input(Input.PIXELS, image.channels());
        boolean small = form == Form.CIFAR;
        Window window =
                Window.of(
                        image.height(), image.width(), small ? 3 : 7, small ? 1 : 2, small ? 1 : 3);
        T x = convolution(ops, pixels, "conv1", window, image.channels(), widths.get(0));
        x = ops.relu(ops.batchNorm(x, norm("bn1", widths.get(0))));
        if (small) return x;
        return ops.maxPool(
                x, Window.of(window.vertical().out(), window.horizontal().out(), 3, 2, 1));
    }

    @Override
    public <T> T block(Ops<T> ops, int i, T x) {
        return ResNetBlock.before(this, i).run(ops, x);
    }

    /** A convolution without bias. x [images·height·width, in] → [images·windows, out] */
    <T> T convolution(Ops<T> ops, T x, String name, Window window, int in, int out) {
        // every pixel by itself: nothing to lay out
        boolean plain =
                window.equals(
                        Window.of(window.vertical().size(), window.horizontal().size(), 1, 1, 0));
        int fan = window.positions() * (form == Form.CIFAR ? in : out);
        Linear site =
                Linear.of(name, window.positions() * in, out, Init.normal(Math.sqrt(2.0 / fan)));
        return ops.linear(plain ? x : ops.patches(x, window), site);
    }

    /** A norm of the columns. */
    BatchNorm norm(String name, int width) {
        return BatchNorm.of(name, width, epsilon, momentum);
    }

    @Override
    public int depth(String name) {
        if (name.matches("(conv1|bn1)(\\..*)?")) return 0;
        Matcher block = BLOCK.matcher(name);
        if (!block.matches()) return blocks() + 1;
        int depth = Integer.parseInt(block.group(2)) + 1;
        for (int s = 0; s < Integer.parseInt(block.group(1)) - 1 && s < depths.size(); s++)
            depth += depths.get(s);
        return depth;
    }

    @Override
    public Weights fromFile(Weights file) {
        return ResNetFiles.from(file);
    }

    @Override
    public List<Integer> kernel(String site) {
        int size = ResNetFiles.kernel(this, site);
        return size == 0 ? List.of() : List.of(size, size);
    }

    @Override
    public Weights toFile(Weights weights) {
        return ResNetFiles.to(this, weights);
    }

    /** Hugging Face has none of the small ones: theirs keep their names. */
    @Override
    public Weights toHuggingFace(Weights weights) {
        Weights file = toFile(weights);
        return form == Form.CIFAR ? file : ResNetFiles.huggingFace(file);
    }

    @Override
    public Head classifier(int labels) {
        return new Head() {
            @Override
            public String last() {
                return form.head;
            }

            @Override
            public <T> T logits(Ops<T> ops, T x) {
                ResNetBlock end = ResNetBlock.before(ResNet.this, blocks());
                T mean = ops.averagePool(x, Window.whole(end.height(), end.width()), true);
                return ops.linear(mean, Linear.of(form.head, width(), labels).from(Init.KAIMING));
            }
        };
    }
}
