package tunebook.dl4j;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.modelimport.keras.KerasModel;
import org.deeplearning4j.nn.modelimport.keras.KerasSequentialModel;
import org.deeplearning4j.nn.modelimport.keras.config.KerasModelConfiguration;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.utils.KerasModelBuilder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.TunebookException;
import tunebook.core.Window;
import tunebook.model.Backbone;

/**
 * Keras 2 models as backbones: DL4J translates the architecture, which has been looked through
 * before; the weights come from the HDF5 file.
 */
public final class Keras {
    private static final long MOST_JSON = 16 << 20;

    private final KerasConfiguration configuration;
    private final KerasWeights weights;

    private Keras(KerasConfiguration configuration, KerasWeights weights) {
        this.configuration = configuration;
        this.weights = weights;
    }

    /**
     * A model whose architecture and weights are in two files.
     *
     * @param json what {@code model.to_json()} gave
     * @param h5 what {@code model.save_weights} or {@code model.save} wrote
     * @throws TunebookException naming what is broken or not served
     */
    public static Backbone read(Path json, Path h5) {
        String text = text(json);
        return KerasWeights.read(
                h5,
                weights ->
                        new Keras(
                                        new KerasConfiguration(
                                                json.toString(),
                                                Json.object(json.toString(), text)),
                                        weights)
                                .backbone());
    }

    /**
     * A model in one file.
     *
     * @param h5 what {@code model.save} wrote
     * @throws TunebookException naming what is broken or not served
     */
    public static Backbone read(Path h5) {
        return KerasWeights.read(
                h5,
                weights -> {
                    String text = weights.text("model_config");
                    if (text == null) {
                        throw new TunebookException(
                                h5.toString(),
                                "holds no model_config, only weights",
                                "give the model's JSON too: keras(json, h5)");
                    }
                    JsonObject model = Json.object(h5 + " model_config", text);
                    for (String key : new String[] {"keras_version", "backend"})
                        if (weights.text(key) != null) model.addProperty(key, weights.text(key));
                    return new Keras(new KerasConfiguration(h5.toString(), model), weights)
                            .backbone();
                });
    }

    private static String text(Path json) {
        try {
            if (Files.size(json) > MOST_JSON) {
                throw new TunebookException(
                        json.toString(), "is larger than 16 MiB", "give the JSON of a model");
            }
            return Files.readString(json);
        } catch (IOException e) {
            throw new TunebookException(
                    json.toString(), "cannot be read: " + e, "give the path of a JSON file", e);
        }
    }

    private Backbone backbone() {
        KerasModelBuilder builder =
                new KerasModelBuilder(new KerasModelConfiguration())
                        .modelJson(configuration.model().toString())
                        .enforceTrainingConfig(false);
        try {
            return configuration.isSequential()
                    ? sequential(builder.buildSequential())
                    : functional(builder.buildModel());
        } catch (TunebookException e) {
            throw e;
        } catch (IOException
                | InvalidKerasConfigurationException
                | UnsupportedKerasConfigurationException
                | RuntimeException e) {
            throw new TunebookException(
                    configuration.where(),
                    "DL4J cannot translate it: " + e.getMessage(),
                    "give the JSON of an unbroken Keras 2 model",
                    e);
        }
    }

    private Backbone sequential(KerasSequentialModel model)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        MultiLayerConfiguration dl4j = model.getMultiLayerConfiguration();
        dl4j.getConfs().forEach(c -> c.setSeed(0));
        Network network = Assembly.of(Topology.of(dl4j), input(model));
        return backbone(Dl4jModel.of(network, dl4j.toJson(), false));
    }

    private Backbone functional(KerasModel model)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        ComputationGraphConfiguration dl4j = model.getComputationGraphConfiguration();
        dl4j.getDefaultConfiguration().setSeed(0);
        dl4j.getVertices()
                .values()
                .forEach(
                        v -> {
                            if (v instanceof LayerVertex layer) layer.getLayerConf().setSeed(0);
                        });
        Network network = Assembly.of(Topology.of(dl4j), input(model));
        return backbone(Dl4jModel.of(network, dl4j.toJson(), true));
    }

    private Form input(KerasModel model) {
        int[] sizes = model.getLayersOrdered().get(0).getInputShape();
        if (sizes != null && sizes.length == 3)
            return Form.image(sizes[0], sizes[1], sizes[2], CNN2DFormat.NHWC);
        if (sizes != null && sizes.length == 1) return Form.vector(sizes[0]);
        throw new TunebookException(
                configuration.where(),
                "input is " + Arrays.toString(sizes),
                "give a model of images [height, width, channels] or vectors");
    }

    private Backbone backbone(Dl4jModel model) {
        Map<String, Window> windows = new HashMap<>();
        for (Step step : model.network().steps())
            if (step.action() instanceof Action.Product product && product.window() != null)
                windows.put(step.layer(), product.window());
        return Dl4j.backbone(configuration.name(), model, p -> array(p, windows.get(p.layer())));
    }

    private INDArray array(Parameter parameter, Window window) {
        int out = parameter.weight().shape().size(0);
        INDArray array = weights.get(parameter, sizes(parameter, window));
        if (array != null) return array;
        if (parameter.key().equals("gamma") && configuration.isOff(parameter.layer(), "scale"))
            return Nd4j.ones(DataType.FLOAT, out);
        if (parameter.key().equals("beta") && configuration.isOff(parameter.layer(), "center"))
            return Nd4j.zeros(DataType.FLOAT, out);
        throw new TunebookException(
                configuration.where() + " layer " + parameter.layer(),
                "its weights have no " + parameter.key(),
                "take the weights that belong to the model");
    }

    private static int[] sizes(Parameter parameter, Window window) {
        int out = parameter.weight().shape().size(0);
        if (!parameter.key().equals("W")) return new int[] {out};
        int in = parameter.weight().shape().size(1);
        if (window == null) return new int[] {in, out};
        return new int[] {
            window.vertical().kernel(), window.horizontal().kernel(), in / window.positions(), out
        };
    }
}
