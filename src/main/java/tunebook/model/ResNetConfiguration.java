package tunebook.model;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tunebook.core.TunebookException;

/** ResNets' {@code config.json}: Hugging Face's fields, timm's, and those of the small ones. */
final class ResNetConfiguration {
    /** Hugging Face's. */
    static final String TYPE = "resnet";

    /** Of the small ones. */
    static final String CIFAR = "cifar-resnet";

    private static final Pattern TIMM = Pattern.compile("resnet(18|34|50|101|152)");
    private static final String OPTION_A = "A: stride-2 subsample, zero channels before and behind";

    private ResNetConfiguration() {}

    /** By Hugging Face's fields; images are of 224 × 224 where nothing else is said. */
    static ResNet read(Configurations.Reader config) {
        config.activation("hidden_act", "relu");
        String type = config.text("layer_type", "bottleneck");
        if (!type.equals("basic") && !type.equals("bottleneck"))
            throw new TunebookException(
                    config.where(), "layer_type is " + type, "basic and bottleneck can be read");
        for (String other : List.of("downsample_in_first_stage", "downsample_in_bottleneck"))
            if (config.text(other, "false").equals("true"))
                throw new TunebookException(
                        config.where(), other + " is true", "take a ResNet without it");
        ResNet.Form form = type.equals("basic") ? ResNet.Form.BASIC : ResNet.Form.BOTTLENECK;
        List<Integer> widths =
                config.integers("hidden_sizes").stream().map(w -> w / form.expansion).toList();
        if (config.integer("embedding_size", 64) != widths.get(0))
            throw new TunebookException(
                    config.where(),
                    "embedding_size is " + config.integer("embedding_size", 64),
                    "take a ResNet whose stem is as wide as its first stage: " + widths.get(0));
        return new ResNet(
                form,
                config.integers("depths"),
                widths,
                image(config, "num_channels", 224),
                config.number("bn_eps", 1e-5),
                config.number("bn_momentum", 0.1));
    }

    static ResNet cifar(Configurations.Reader config) {
        if (!config.text("shortcut", "A").startsWith("A"))
            throw new TunebookException(
                    config.where(),
                    "shortcut is " + config.text("shortcut", ""),
                    "option A can be read: zeros for what is wider");
        List<Integer> widths = config.integers("widths");
        List<Integer> depths = config.integers("blocks_per_stage");
        return new ResNet(
                ResNet.Form.CIFAR,
                depths.size() > 1 ? depths : Collections.nCopies(widths.size(), depths.get(0)),
                widths,
                image(config, "num_channels", 32),
                config.number("bn_eps", 1e-5),
                config.number("bn_momentum", 0.1));
    }

    /** timm's {@code architecture} with its {@code pretrained_cfg}. */
    static ResNet timm(Configurations.Reader config, String architecture) {
        Matcher matcher = TIMM.matcher(architecture);
        if (!matcher.matches())
            throw new TunebookException(
                    config.where(),
                    "architecture is " + architecture,
                    "resnet18, resnet34, resnet50, resnet101 and resnet152 can be read");
        ResNet model = ResNet.of(Integer.parseInt(matcher.group(1)));
        Configurations.Reader given =
                config.config().get("pretrained_cfg") instanceof JsonObject own
                        ? new Configurations.Reader(config.where(), own)
                        : config;
        if (!given.has("input_size")) return model;
        List<Integer> size = given.integers("input_size");
        if (size.size() != 3)
            throw new TunebookException(
                    config.where(), "input_size is " + size, "give channels, height, width");
        return model.image(image(given, size.get(1), size.get(2), size.get(0), "mean", "std"));
    }

    private static ImageInput image(Configurations.Reader config, String channels, int usual) {
        List<Integer> size =
                config.has("image_size") ? config.integers("image_size") : List.of(usual);
        int wide = size.get(size.size() - 1);
        return image(
                config, size.get(0), wide, config.integer(channels, 3), "image_mean", "image_std");
    }

    private static ImageInput image(
            Configurations.Reader config,
            int height,
            int width,
            int channels,
            String mean,
            String deviation) {
        ImageInput usual = ImageInput.of(height, channels);
        return new ImageInput(
                height,
                width,
                channels,
                config.has(mean) ? config.numbers(mean) : usual.mean(),
                config.has(deviation) ? config.numbers(deviation) : usual.deviation());
    }

    static String write(ResNet model) {
        Gson gson = new Gson();
        JsonObject config = new JsonObject();
        if (model.form() == ResNet.Form.CIFAR) {
            config.addProperty("model_type", CIFAR);
            config.add("widths", gson.toJsonTree(model.widths()));
            config.add("blocks_per_stage", gson.toJsonTree(model.depths()));
            config.addProperty("shortcut", OPTION_A);
        } else {
            boolean basic = model.form() == ResNet.Form.BASIC;
            int times = model.form().expansion;
            config.addProperty("model_type", TYPE);
            config.addProperty("layer_type", basic ? "basic" : "bottleneck");
            config.addProperty("embedding_size", model.widths().get(0));
            config.add(
                    "hidden_sizes",
                    gson.toJsonTree(model.widths().stream().map(w -> w * times).toList()));
            config.add("depths", gson.toJsonTree(model.depths()));
            config.addProperty("hidden_act", "relu");
        }
        JsonArray size = new JsonArray();
        size.add(model.image().height());
        size.add(model.image().width());
        config.add("image_size", size);
        config.addProperty("num_channels", model.image().channels());
        config.add("image_mean", gson.toJsonTree(model.image().mean()));
        config.add("image_std", gson.toJsonTree(model.image().deviation()));
        config.addProperty("bn_eps", model.epsilon());
        config.addProperty("bn_momentum", model.momentum());
        return config + "\n";
    }
}
