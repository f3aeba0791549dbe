package tunebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.Tunebook.backbone;
import static tunebook.Tunebook.drawings;
import static tunebook.Tunebook.featureExtraction;
import static tunebook.Tunebook.full;
import static tunebook.Tunebook.lora;
import static tunebook.Tunebook.model;
import static tunebook.Tunebook.saveDl4j;
import static tunebook.Tunebook.study;
import static tunebook.Tunebook.toDl4j;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.ImageExample;
import tunebook.data.Picture;
import tunebook.stats.Mark;
import tunebook.study.Result;
import tunebook.study.SavedModel;
import tunebook.study.Tuned;

/** Somebody's own DL4J network, tuned in a study on pictures and taken back. */
class Dl4jStudyTest {
    @TempDir Path folder;

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network =
                new MultiLayerNetwork(
                        new NeuralNetConfiguration.Builder()
                                .seed(3)
                                .list()
                                .layer(
                                        new ConvolutionLayer.Builder(5, 5)
                                                .nOut(6)
                                                .stride(2, 2)
                                                .activation(Activation.RELU)
                                                .build())
                                .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).build())
                                .layer(
                                        new OutputLayer.Builder()
                                                .nOut(10)
                                                .activation(Activation.SOFTMAX)
                                                .build())
                                .setInputType(InputType.convolutional(32, 32, 3))
                                .build());
        network.init();
        return network;
    }

    @Test
    void aTunedNetworkAnswersInDl4jAsInTheStudy() {
        Dataset<ImageExample> data = drawings("pen").split(0.6, 0.2, 0.2).sample(120);
        MultiLayerNetwork network = network();
        Result result =
                study("My own network")
                        .backbone(backbone(network, 32, 32, 3))
                        .data(data)
                        .recipes(full(), featureExtraction(), lora(2))
                        .seeds(1)
                        .epochs(2)
                        .store(folder.resolve("runs.db"))
                        .run();
        assertEquals(3, result.table().rowCount());
        for (String recipe : List.of("full", "LoRA r2")) {
            Tuned tuned = result.tuned(recipe);
            MultiLayerNetwork back = (MultiLayerNetwork) toDl4j(tuned);
            int same = 0;
            List<Mark> marks = tuned.run().marks();
            for (int i = 0; i < 60; i++) {
                int theirs = back.output(array(data.test().get(i).picture())).argMax(1).getInt(0);
                if (data.labels().get(theirs).equals(marks.get(i).prediction())) same++;
            }
            assertTrue(same == 60, recipe + ": " + same + " of 60 answers alike");
            String zip = folder.resolve(recipe + ".zip").toString();
            saveDl4j(tuned, zip);
            SavedModel saved = model(zip);
            List<Picture> pictures =
                    data.test().subList(0, 12).stream().map(ImageExample::picture).toList();
            assertEquals(data.labels(), saved.head().labels());
            if (recipe.equals("full"))
                assertEquals(tuned.classify(pictures), saved.classify(pictures));
            for (int i = 0; i < 12; i++)
                assertEquals(
                        back.output(array(pictures.get(i))).maxNumber().doubleValue(),
                        saved.predict(pictures.get(i)).probability(),
                        1e-5);
            TunebookException e =
                    assertThrows(TunebookException.class, () -> tuned.saveModel(folder));
            assertEquals("write it as what it came from: saveDl4j(tuned, \"model.zip\")", e.mend());
            assertTrue(
                    !back.params().equalsWithEps(network.params(), 1e-6),
                    recipe + " moved weights");
        }
    }

    /** Pixels of 0 … 1 as DL4J takes them. */
    private static INDArray array(Picture picture) {
        INDArray x = Nd4j.create(1, 3, 32, 32);
        for (int c = 0; c < 3; c++)
            for (int h = 0; h < 32; h++)
                for (int w = 0; w < 32; w++)
                    x.putScalar(
                            new int[] {0, c, h, w},
                            (picture.values()[(h * 32 + w) * 3 + c] & 0xff) / 255.0);
        return x;
    }
}
