package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Precision;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;

/** Every Keras layer that is served, in a model of several paths. */
class KerasLayersTest {
    private static final Random RANDOM = new Random(17);

    @TempDir private Path folder;
    private final List<String> layers = new ArrayList<>();

    private void layer(String type, String name, String settings, String... inputs) {
        StringBuilder nodes = new StringBuilder();
        for (String input : inputs)
            nodes.append(nodes.isEmpty() ? "" : ",").append("[\"" + input + "\", 0, 0, {}]");
        layers.add(
                "{\"class_name\": \"%s\", \"name\": \"%s\", \"config\": {\"name\": \"%s\"%s},"
                                .formatted(type, name, name, settings.replace('\'', '"'))
                        + " \"inbound_nodes\": ["
                        + (inputs.length == 0 ? "" : "[" + nodes + "]")
                        + "]}");
    }

    private static String convolution(int filters, int kernel, String padding, String function) {
        return ", 'filters': "
                + filters
                + ", 'kernel_size': ["
                + kernel
                + ", "
                + kernel
                + "], 'strides': [1, 1], 'dilation_rate': [1, 1], 'padding': '"
                + padding
                + "', 'data_format': 'channels_last', 'use_bias': true, 'activation': '"
                + function
                + "', 'kernel_initializer': {'class_name': 'GlorotUniform', 'config': {}}";
    }

    private static String pooling(int size, int stride, String padding) {
        return ", 'pool_size': ["
                + size
                + ", "
                + size
                + "], 'strides': ["
                + stride
                + ", "
                + stride
                + "], 'padding': '"
                + padding
                + "', 'data_format': 'channels_last'";
    }

    private static String dense(int units, String function) {
        return ", 'units': "
                + units
                + ", 'use_bias': true, 'activation': '"
                + function
                + "', 'kernel_initializer': {'class_name': 'GlorotUniform', 'config': {}}";
    }

    private Path json(String output) throws IOException {
        return TinyKeras.json(
                folder,
                "{\"class_name\": \"Functional\", \"keras_version\": \"2.8.0\", \"backend\":"
                        + " \"tensorflow\", \"config\": {\"name\": \"paths\", \"layers\": ["
                        + String.join(",", layers)
                        + "], \"input_layers\": [[\"in\", 0, 0]], \"output_layers\": [[\""
                        + output
                        + "\", 0, 0]]}}");
    }

    private static void weights(WritableGroup root, String layer, Object... namesAndArrays) {
        WritableGroup group = root.putGroup(layer);
        String[] names = new String[namesAndArrays.length / 2];
        for (int i = 0; i < names.length; i++) names[i] = layer + "/" + namesAndArrays[2 * i];
        group.putAttribute("weight_names", names);
        WritableGroup inside = group.putGroup(layer);
        for (int i = 0; i < names.length; i++)
            inside.putDataset((String) namesAndArrays[2 * i], namesAndArrays[2 * i + 1]);
    }

    private static float[] vector(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) values[i] = RANDOM.nextFloat() + 0.1f;
        return values;
    }

    private static float[][] matrix(int in, int out) {
        float[][] values = new float[in][out];
        for (float[] row : values) for (int i = 0; i < out; i++) row[i] = RANDOM.nextFloat() - 0.5f;
        return values;
    }

    private static float[][][][] kernel(int size, int in, int out) {
        float[][][][] values = new float[size][size][][];
        for (float[][][] row : values) for (int i = 0; i < size; i++) row[i] = matrix(in, out);
        return values;
    }

    @Test
    void aModelOfAllLayersAnswersInDl4jAsHere() throws IOException {
        String last = ", 'data_format': 'channels_last'";
        layer("InputLayer", "in", ", 'batch_input_shape': [null, 9, 9, 2]");
        layer("ZeroPadding2D", "pad", ", 'padding': [[1, 0], [0, 2]]" + last, "in");
        layer("Conv2D", "a", convolution(4, 3, "valid", "linear"), "pad");
        String norm = ", 'axis': [3], 'momentum': 0.99, 'epsilon': 0.001";
        layer("BatchNormalization", "norm", norm + ", 'center': true, 'scale': true", "a");
        layer("LeakyReLU", "leaky", ", 'alpha': 0.3", "norm");
        layer("Conv2D", "b", convolution(4, 3, "same", "tanh"), "leaky");
        layer("Add", "sum", "", "leaky", "b");
        layer("Conv2D", "c", convolution(4, 1, "same", "sigmoid"), "sum");
        layer("Multiply", "product", "", "sum", "c");
        layer("Maximum", "most", "", "product", "b");
        layer("Subtract", "less", "", "most", "c");
        layer("Average", "mean", "", "less", "a");
        layer("Concatenate", "both", ", 'axis': -1", "mean", "most");
        layer("ReLU", "six", ", 'max_value': 6.0, 'negative_slope': 0.0, 'threshold': 0.0", "both");
        layer("MaxPooling2D", "max", pooling(2, 2, "same"), "six");
        layer("AveragePooling2D", "average", pooling(3, 1, "same"), "max");
        layer("Dropout", "drop", ", 'rate': 0.3", "average");
        layer("Flatten", "flat", last, "drop");
        layer("GlobalAveragePooling2D", "wholeMean", last, "drop");
        layer("GlobalMaxPooling2D", "wholeMax", last, "drop");
        layer("Dense", "d", dense(5, "swish"), "flat");
        layer("Concatenate", "all", ", 'axis': -1", "wholeMean", "wholeMax", "d");
        layer("Activation", "bend", ", 'activation': 'relu'", "all");
        layer("Dense", "out", dense(3, "linear"), "bend");
        layer("Softmax", "softmax", ", 'axis': -1", "out");
        Path h5 = folder.resolve("weights.h5");
        try (WritableHdfFile hdf = HdfFile.write(h5)) {
            weights(hdf, "a", "kernel:0", kernel(3, 2, 4), "bias:0", vector(4));
            weights(
                    hdf,
                    "norm",
                    "gamma:0",
                    vector(4),
                    "beta:0",
                    vector(4),
                    "moving_mean:0",
                    vector(4),
                    "moving_variance:0",
                    vector(4));
            weights(hdf, "b", "kernel:0", kernel(3, 4, 4), "bias:0", vector(4));
            weights(hdf, "c", "kernel:0", kernel(1, 4, 4), "bias:0", vector(4));
            weights(hdf, "d", "kernel:0", matrix(5 * 4 * 8, 5), "bias:0", vector(5));
            weights(hdf, "out", "kernel:0", matrix(21, 3), "bias:0", vector(3));
        }
        Backbone backbone = Keras.read(json("softmax"), h5);
        INDArray x = Nets.random(DataType.FLOAT, 3, 9, 9, 2).mul(3);
        double[] logits = Nets.ours(backbone, Nets.batch(x, CNN2DFormat.NHWC), Precision.FLOAT);
        double[] theirs = Nets.theirs(Dl4j.network(backbone), x);
        assertTrue(Nets.gap(theirs, new double[9]) < 0.99, "no class is certain");
        assertEquals(0, Nets.gap(theirs, Nets.softmax(logits, 3)), 1e-5);
        assertEquals(
                List.of(1, 2, 2, 2, 3, 4),
                List.of("a", "norm", "b", "c", "d", "out").stream()
                        .map(backbone.model()::depth)
                        .toList());
    }

    /**
     * h5py 3 wrote these: in "conv" a kernel that is a soft link, in "zipped" one that is deflated
     * in chunks.
     */
    private static final String LINK =
            "H4sIAAAAAAACA+1XvU4CQRDeHy6cCAlE411spKSDmkoTMFepUQs6QXMRomIixp/KFt7CkkfgESh9"
                    + "BEvfAm9vZ+B2AwaVwsT5msnsTFgy8903s4Ogtp/LbGeYguuyFMuzJCaAvGf6GG+C5WD7YIcCz3kc"
                    + "8+G8AL9v550e1+sqe2IB73l3tDX/HeG/IKjvHSnbAB/5NBZm3sVt90HZZ4uXuz+8lzNp8DcPDCyl"
                    + "tf/EluNvU39hzKVWEn8TOtZ35vMXeRv88t6Tg8MaZ2LKu6I0v4sA/Lalr8N16lkSOLfsemWho5zl"
                    + "ohr77DHsXLbvz7qtm7CnzjeiQudUnOuKo1yJRL/LV+FdN7yuVmLnvNPqVSsz/Zk/P8egPx9ry+nP"
                    + "aJP0h/Rnpj8lsG7GzEMqol+GQYqsRN2ofEt/+JR3r2lTf2weExbtIY6uGUdfTwae4kY9hbX3SMtf"
                    + "FJeRwqizQnEnegPEk4J5LvNeIO5EHVRxIQTXOqIVSfJR1tzIEA1qGoFAIBAIhJUC37VFPNj6Oh/3"
                    + "T3wX4R7k015p7ZW6IvhelSvbE9+y+GI20f9T9fgE1bK5ghAXAAA=";

    private static final String ZIPPED =
            "H4sIAAAAAAACA+2aT08TQRjG553twqalUogJWo2uNw4kcICEcNJItQcjRj140hZcaQMUIkRNPIgn"
                    + "a+KBo2dPHvkYfgz0E/gNcGfnfcvuVIrFEIl9fknzZv7szPadJzPpM/1YXbxTzJfzyhAEKqdKKs0h"
                    + "szeXLUt7jSNxbHP8qqWekrZLXD/G47v9Hj+sVEzvQweZ58C3MVBgEKlWbj0w8QmXRaXfdLbfymbr"
                    + "VVqP1b+cl5SX0W+JZ54czur9JP1+LkO/0G+3ftv+2er30f2lRbMDi+5CL7tfV7nc8LFGvZBzy83X"
                    + "iGpwPovqYrxLvI6aq42dZ636RrRt6i8TJU+WOjm3K0FkS7J9SSymNglTV0iVqcd5KhVhub/vdff2"
                    + "0j1KCVJ0UUjpcXq5Wd9emOl+T2lfi162onXuYdkfhWYAAAAAAAAAAIDzwkm+5c+rNsK3HExc3zLk"
                    + "eNPxmVwLSCwj8ZPm+5zX9S332W+X8U7rdw0apIZszkjK1lGmHGXyqVU2v55TPq7dixfC1I2F11WO"
                    + "FTIRqIl33O7HK2jataeTRwtxe+Jjdt4nSBzN59GL9fpOxGOY/cYqzdP+/LWjqeVjpueuk6fQle74"
                    + "p7uzvfuL/g6uQEvuuWHy6J4bpT7H2Z2ycbxLt73Zm/p9fzpGpzksGQAAAAAAAAD8U948Xamp90Nv"
                    + "w+/xb7QPlJS3tmq1hvrhX1D5T/oGcgQAAAD8b5DynfsJ68zL/6OP7hkk/uF9g7b3DQGP59EXdoxH"
                    + "nDdon6t8/AInpvS9kDUAAA==";

    private Path unpacked(String base64) throws IOException {
        byte[] packed = Base64.getDecoder().decode(base64);
        Path file = folder.resolve("unpacked.h5");
        return Files.write(
                file, new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes());
    }

    private Parameter kernel() {
        return Parameter.kernels(Sites.linear("conv", 2, 3, true).weight(), "conv", 2);
    }

    @Test
    void linksAreRefused() throws IOException {
        Path file = unpacked(LINK);
        TunebookException error =
                assertThrows(
                        TunebookException.class,
                        () -> KerasWeights.read(file, w -> w.get(kernel(), 1, 2, 1, 3)));
        assertEquals("is a link", error.what());
        assertTrue(error.where().endsWith("layer conv conv/kernel:0"), error.where());
    }

    @Test
    void deflatedWeightsAreRead() throws IOException {
        INDArray array = KerasWeights.read(unpacked(ZIPPED), w -> w.get(kernel(), 1, 2, 1, 3));
        double[] expected = {0, 3, 1, 4, 2, 5};
        assertEquals(0, Nets.gap(expected, array.dup('c').data().asDouble()));
    }
}
