package tunebook.dl4j;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.TunebookException;

/**
 * What Keras keeps in an HDF5 file. Read in Java alone: HDF5's own library ends the process on some
 * broken files.
 */
final class KerasWeights {
    private static final Map<String, String> NAMES =
            Map.of(
                    "W", "kernel",
                    "b", "bias",
                    "gamma", "gamma",
                    "beta", "beta",
                    "mean", "moving_mean",
                    "var", "moving_variance");

    private final String where;
    private final Group root;

    private KerasWeights(String where, Group root) {
        this.where = where;
        this.root = root;
    }

    /**
     * Opens a file for as long as something reads of it.
     *
     * @throws TunebookException if it is no HDF5 file, or broken
     */
    static <T> T read(Path file, Function<KerasWeights, T> reader) {
        String where = file.toString();
        if (!java.nio.file.Files.isRegularFile(file))
            throw new TunebookException(where, "is no file", "give the .h5 file's path");
        try (HdfFile hdf = new HdfFile(file)) {
            return reader.apply(new KerasWeights(where, hdf));
        } catch (TunebookException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // A broken size asks for more memory than there is, a broken tree for itself: the one
            // request fails and nothing else is harmed.
            throw new TunebookException(
                    where, "is no unbroken HDF5 file: " + e, "fetch the file again", e);
        }
    }

    /** A text of the file itself, or null where there is none. */
    String text(String attribute) {
        Object value = value(root, attribute);
        return value instanceof String text ? text : null;
    }

    private static Object value(Node node, String attribute) {
        Attribute found = node.getAttributes().get(attribute);
        return found == null ? null : found.getData();
    }

    /**
     * A weight in DL4J's layout.
     *
     * @param parameter which
     * @param sizes as Keras has them: kernels [height, width, in, out], matrices [in, out]
     * @return null where the layer has none of this name
     * @throws TunebookException if it has other sizes, or is no array of numbers
     */
    INDArray get(Parameter parameter, int... sizes) {
        String wanted = NAMES.get(parameter.key());
        Group layer = group(parameter.layer());
        String path =
                names(layer, parameter.layer()).stream()
                        .filter(n -> plain(n).equals(wanted))
                        .findFirst()
                        .orElse(null);
        if (path == null) return null;
        String at = where + " layer " + parameter.layer() + " " + path;
        Dataset data = dataset(layer, path, at);
        if (!Arrays.equals(data.getDimensions(), sizes)) {
            throw new TunebookException(
                    at,
                    "is "
                            + Arrays.toString(data.getDimensions())
                            + " where the model makes it "
                            + Arrays.toString(sizes),
                    "take the weights that belong to the model");
        }
        INDArray array = array(data.getDataFlat(), sizes, at);
        return sizes.length == 4 ? array.permute(3, 2, 0, 1) : array;
    }

    private static INDArray array(Object numbers, int[] sizes, String at) {
        long[] shape = Arrays.stream(sizes).asLongStream().toArray();
        if (numbers instanceof float[] floats) return Nd4j.create(floats, shape, 'c');
        if (numbers instanceof double[] doubles) return Nd4j.create(doubles, shape, 'c');
        throw new TunebookException(at, "holds no floats", "save the model in float32");
    }

    private Group group(String layer) {
        Group weights = root.getChild("model_weights") instanceof Group inside ? inside : root;
        Node node = child(weights, layer, where);
        if (node instanceof Group group) return group;
        throw new TunebookException(
                where,
                "has no weights of layer " + layer,
                "take the file that belongs to the model");
    }

    private List<String> names(Group layer, String name) {
        Object names = value(layer, "weight_names");
        if (names instanceof String[] several) return List.of(several);
        if (names instanceof String one) return List.of(one);
        throw new TunebookException(
                where + " layer " + name, "has no weight_names", "save it with Keras 2");
    }

    /** {@code conv2d_1/kernel_1:0} is a kernel. */
    private static String plain(String name) {
        return name.substring(name.lastIndexOf('/') + 1)
                .replaceFirst(":\\d+$", "")
                .replaceFirst("_\\d+$", "");
    }

    private Dataset dataset(Group layer, String path, String at) {
        Node node = layer;
        for (String part : Stream.of(path.split("/")).filter(p -> !p.isEmpty()).toList())
            node = node instanceof Group group ? child(group, part, at) : null;
        if (node instanceof Dataset data) return data;
        throw new TunebookException(at, "is no array", "fetch the file again");
    }

    private static Node child(Group group, String name, String at) {
        Node node = group.getChild(name);
        if (node == null || !node.isLink()) return node;
        throw new TunebookException(at, "is a link", "save the model without links");
    }
}
