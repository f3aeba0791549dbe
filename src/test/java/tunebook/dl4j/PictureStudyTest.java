package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import tunebook.model.Backbone;
import tunebook.model.ImageInput;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.study.Result;
import tunebook.study.Study;
import tunebook.support.TinyPictures;

/** A network of DL4J's in a study about picture files. */
class PictureStudyTest {
    private static Backbone network() {
        return Dl4j.backbone(
                Nets.started(
                        new MultiLayerNetwork(
                                Nets.builder(DataType.FLOAT)
                                        .list(
                                                new ConvolutionLayer.Builder(3, 3)
                                                        .nOut(4)
                                                        .stride(2, 2)
                                                        .convolutionMode(ConvolutionMode.Same)
                                                        .activation(Activation.RELU)
                                                        .build(),
                                                new DenseLayer.Builder()
                                                        .nOut(8)
                                                        .activation(Activation.TANH)
                                                        .build(),
                                                new OutputLayer.Builder(LossFunction.MCXENT)
                                                        .nOut(2)
                                                        .activation(Activation.SOFTMAX)
                                                        .build())
                                        .setInputType(InputType.convolutionalFlat(8, 8, 1))
                                        .build())));
    }

    @Test
    void itReadsPicturesAsValuesFromZeroToOne(@TempDir Path folder) throws Exception {
        Backbone backbone = network();
        assertEquals(
                Optional.of(new ImageInput(8, 8, 1, List.of(0.0), List.of(1.0))),
                backbone.model().sees());
        Result result =
                Study.of("which?", Nd4jEngine::new)
                        .backbone(backbone)
                        .data(TinyPictures.data(folder.resolve("pictures"), 30))
                        .recipes(new Full().learningRate(1e-2), new FeatureExtraction())
                        .seeds(1)
                        .epochs(6)
                        .batchSize(8)
                        .store(folder.resolve("runs.db"))
                        .run();
        assertTrue(
                result.tuned("full").run().score() >= 0.9,
                "accuracy " + result.tuned("full").run().score());
        assertEquals(
                "high",
                result.tuned("full").predict(TinyPictures.half(true, 30, 20, 3, 77)).label());
    }
}
