package tunebook.dl4j;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The smallest Keras model: 2×2 images, one convolution, a norm without scale, a dense layer. */
final class TinyKeras {
    static final String CONVOLUTION =
            """
            {"class_name": "Conv2D", "config": {"name": "conv", "filters": 3, "strides": [1, 1],
             "kernel_size": [1, 2], "padding": "valid", "data_format": "channels_last",
             "dilation_rate": [1, 1], "activation": "relu", "use_bias": true,
             "batch_input_shape": [null, 2, 2, 1], "kernel_initializer":
             {"class_name": "GlorotUniform", "config": {"seed": null}}}}
            """;
    static final String NORM =
            """
            {"class_name": "BatchNormalization", "config": {"name": "norm", "axis": [3],
             "momentum": 0.9, "epsilon": 0.001, "center": true, "scale": false}}
            """;
    static final String FLATTEN =
            """
            {"class_name": "Flatten", "config": {"name": "flat", "data_format": "channels_last"}}
            """;
    static final String DENSE =
            """
            {"class_name": "Dense", "config": {"name": "dense", "units": 2, "activation": "softmax",
             "use_bias": true, "kernel_initializer":
             {"class_name": "GlorotUniform", "config": {"seed": null}}}}
            """;

    private TinyKeras() {}

    static String json(String... layers) {
        return """
        {"class_name": "Sequential", "config": {"name": "tiny", "layers": [%s]},
         "keras_version": "2.2.4-tf", "backend": "tensorflow"}
        """
                .formatted(String.join(",", layers));
    }

    static String json() {
        return json(CONVOLUTION, NORM, FLATTEN, DENSE);
    }

    static Path json(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("model.json"), text);
    }

    /** Its weights, and the model itself where there is any. */
    static Path h5(Path folder, String model) {
        Path file = folder.resolve("weights.h5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableGroup root = model == null ? hdf : hdf.putGroup("model_weights");
            if (model != null) {
                hdf.putAttribute("model_config", model);
                hdf.putAttribute("keras_version", "2.2.4-tf");
                hdf.putAttribute("backend", "tensorflow");
            }
            WritableGroup conv = layer(root, "conv", "conv/kernel:0", "conv/bias:0");
            conv.putDataset("kernel:0", new float[][][][] {{{{1, -2, 3}}, {{0.5f, 1.5f, -0.25f}}}});
            conv.putDataset("bias:0", new float[] {0.1f, 0.2f, -0.3f});
            WritableGroup norm =
                    layer(
                            root,
                            "norm",
                            "norm/beta:0",
                            "norm/moving_mean:0",
                            "norm/moving_variance:0");
            norm.putDataset("beta:0", new float[] {1, 2, 3});
            norm.putDataset("moving_mean:0", new float[] {0.5f, -0.5f, 0.25f});
            norm.putDataset("moving_variance:0", new float[] {1, 2, 4});
            root.putGroup("flat");
            WritableGroup dense = layer(root, "dense", "dense/kernel:0", "dense/bias:0");
            float[][] kernel = new float[6][2];
            for (int i = 0; i < 12; i++) kernel[i / 2][i % 2] = (i * 7 % 12 - 6) / 10f;
            dense.putDataset("kernel:0", kernel);
            dense.putDataset("bias:0", new float[] {0.5f, -0.5f});
        }
        return file;
    }

    private static WritableGroup layer(WritableGroup root, String name, String... weights) {
        WritableGroup layer = root.putGroup(name);
        layer.putAttribute("weight_names", weights);
        return layer.putGroup(name);
    }
}
