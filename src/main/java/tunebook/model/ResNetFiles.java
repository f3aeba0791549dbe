package tunebook.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tunebook.core.Filters;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

/**
 * ResNets' weights in files: convolutions [out, in, height, width] where the model has [out,
 * height·width·in].
 */
final class ResNetFiles {
    private static final String PARALLEL = "module.";
    private static final String WEIGHT = ".weight";
    private static final String COUNT = ".num_batches_tracked";
    private static final Pattern STAGE =
            Pattern.compile("resnet\\.encoder\\.stages\\.(\\d+)\\.layers\\.(\\d+)\\.(.*)");
    private static final Pattern LAYER =
            Pattern.compile("layer\\.(\\d+)\\.(convolution|normalization)(\\..*)");

    private static final Pattern BLOCK = Pattern.compile("layer(\\d+)\\.(\\d+)\\.(.*)");
    private static final Pattern NUMBERED = Pattern.compile("(conv|bn)(\\d+)(\\..*)");

    private ResNetFiles() {}

    /**
     * Hugging Face's names and those of PyTorch's DataParallel as torchvision's, without the counts
     * that only a momentum of its own kind needs.
     */
    static Weights from(Weights file) {
        Map<String, Tensor> weights = new TreeMap<>();
        for (String name : file.names()) {
            if (name.endsWith(COUNT)) continue;
            Tensor tensor = file.get(name);
            weights.put(
                    renamed(name),
                    tensor.shape().rank() == 4 ? Filters.channelsLast(tensor) : tensor);
        }
        return Weights.of(weights);
    }

    /**
     * The network whose weights these are.
     *
     * @throws TunebookException if they are no ResNet's, or those of one that cannot be computed
     */
    static ResNet architecture(String where, Weights weights) {
        if (!weights.has("conv1.weight") || !weights.has("layer1.0.conv1.weight")) {
            throw new TunebookException(
                    where,
                    "holds the weights of no ResNet: "
                            + weights.names().stream().limit(3).toList()
                            + " and so on",
                    "put it into a folder with the config.json that belongs to it");
        }
        weights.names().stream()
                .filter(name -> name.contains(".shortcut."))
                .findFirst()
                .ifPresent(
                        name -> {
                            throw new TunebookException(
                                    where,
                                    "has shortcuts with weights of their own: " + name,
                                    "option A can be read: zeros for what is wider");
                        });
        int window = weights.get("conv1.weight").shape().size(1);
        boolean small = window % (7 * 7) != 0;
        boolean bottleneck = weights.has("layer1.0.conv3.weight");
        List<Integer> depths = new ArrayList<>();
        List<Integer> widths = new ArrayList<>();
        for (int s = 1; weights.has("layer" + s + ".0.conv1.weight"); s++) {
            int depth = 1;
            while (weights.has("layer" + s + "." + depth + ".conv1.weight")) depth++;
            depths.add(depth);
            widths.add(weights.get("layer" + s + ".0.conv1.weight").shape().size(0));
        }
        ResNet.Form form =
                small ? ResNet.Form.CIFAR : bottleneck ? ResNet.Form.BOTTLENECK : ResNet.Form.BASIC;
        ImageInput image = ImageInput.of(small ? 32 : 224, window / (small ? 9 : 49));
        return new ResNet(form, depths, widths, image, 1e-5, 0.1);
    }

    private static String renamed(String file) {
        String name = file.startsWith(PARALLEL) ? file.substring(PARALLEL.length()) : file;
        Matcher stage = STAGE.matcher(name);
        if (!stage.matches())
            return name.replaceFirst("^resnet\\.embedder\\.embedder\\.convolution\\.", "conv1.")
                    .replaceFirst("^resnet\\.embedder\\.embedder\\.normalization\\.", "bn1.")
                    .replaceFirst("^classifier\\.1\\.", "fc.");
        String at = "layer" + (Integer.parseInt(stage.group(1)) + 1) + "." + stage.group(2) + ".";
        Matcher layer = LAYER.matcher(stage.group(3));
        if (!layer.matches())
            return at
                    + stage.group(3)
                            .replaceFirst("^shortcut\\.convolution\\.", "downsample.0.")
                            .replaceFirst("^shortcut\\.normalization\\.", "downsample.1.");
        String kind = layer.group(2).equals("convolution") ? "conv" : "bn";
        return at + kind + (Integer.parseInt(layer.group(1)) + 1) + layer.group(3);
    }

    /** A file's weights under Hugging Face's names. */
    static Weights huggingFace(Weights file) {
        Map<String, Tensor> named = new TreeMap<>();
        file.names().forEach(name -> named.put(huggingFace(name), file.get(name)));
        return Weights.of(named);
    }

    private static String huggingFace(String name) {
        Matcher block = BLOCK.matcher(name);
        if (!block.matches())
            return name.replaceFirst("^conv1\\.", "resnet.embedder.embedder.convolution.")
                    .replaceFirst("^bn1\\.", "resnet.embedder.embedder.normalization.")
                    .replaceFirst("^fc\\.", "classifier.1.");
        String at =
                "resnet.encoder.stages."
                        + (Integer.parseInt(block.group(1)) - 1)
                        + ".layers."
                        + block.group(2)
                        + ".";
        Matcher layer = NUMBERED.matcher(block.group(3));
        if (!layer.matches())
            return at
                    + block.group(3)
                            .replaceFirst("^downsample\\.0\\.", "shortcut.convolution.")
                            .replaceFirst("^downsample\\.1\\.", "shortcut.normalization.");
        String kind = layer.group(1).equals("conv") ? "convolution" : "normalization";
        return at + "layer." + (Integer.parseInt(layer.group(2)) - 1) + "." + kind + layer.group(3);
    }

    static Weights to(ResNet model, Weights weights) {
        Map<String, Tensor> file = new TreeMap<>();
        for (String name : weights.names()) {
            Tensor tensor = weights.get(name);
            int kernel = name.endsWith(WEIGHT) ? kernel(model, site(name)) : 0;
            file.put(
                    name,
                    kernel > 0 && tensor.shape().rank() == 2
                            ? Filters.channelsFirst(tensor, kernel, kernel)
                            : tensor);
        }
        return Weights.of(file);
    }

    private static String site(String weight) {
        return weight.substring(0, weight.length() - WEIGHT.length());
    }

    /** Height and width of a convolution's kernel, 0 where a site is none. */
    static int kernel(ResNet model, String site) {
        if (site.equals("conv1")) return model.form() == ResNet.Form.CIFAR ? 3 : 7;
        if (site.matches("layer\\d+\\.\\d+\\.downsample\\.0")) return 1;
        if (!site.matches("layer\\d+\\.\\d+\\.conv\\d")) return 0;
        boolean square = model.form() != ResNet.Form.BOTTLENECK || site.endsWith("conv2");
        return square ? 3 : 1;
    }
}
