package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.Tunebook.crop;
import static tunebook.Tunebook.describe;
import static tunebook.Tunebook.flip;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.adapter.Merged;
import tunebook.adapter.PeftFolder;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.ImageExample;
import tunebook.data.Picture;
import tunebook.model.Backbone;
import tunebook.model.ResNet;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Partial;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;
import tunebook.support.TinyPictures;
import tunebook.train.Prediction;
import tunebook.view.Gallery;

/** Studies about pictures, from files to predictions. */
class ImageStudyTest {
    private static final Backbone TINY = TinyImages.cifar();

    @TempDir static Path folder;
    private static Dataset<ImageExample> data;

    @BeforeAll
    static void picturesOfTwoKinds() throws Exception {
        data = TinyPictures.data(folder.resolve("pictures"), 40);
    }

    private static Study study(String store, Dataset<?> some, Recipe... recipes) {
        return Study.of("which?", Nd4jEngine::new)
                .backbone(TINY)
                .data(some)
                .recipes(recipes)
                .seeds(2)
                .epochs(6)
                .batchSize(8)
                .workers(1)
                .store(folder.resolve(store));
    }

    @Test
    void aStudyEndsInTableVerdictAndAModelThatKnowsPictures() throws Exception {
        Result result =
                study(
                                "plain.db",
                                data,
                                new Full().learningRate(1e-2),
                                new Lora(2).learningRate(1e-2),
                                new FeatureExtraction())
                        .run();
        assertEquals("", result.cautions().words());
        assertEquals(
                List.of(Metric.ACCURACY, Metric.MACRO_F1, Metric.ROC_AUC),
                result.comparison().metrics());
        assertEquals(6, result.comparison().runs().size());
        assertEquals(3, result.table().rowCount());
        Table confusion = result.comparison().confusion("full").table();
        assertEquals(
                2 * data.test().size(),
                (int) (confusion.intColumn(1).sum() + confusion.intColumn(2).sum()));

        Tuned full = result.tuned("full");
        assertTrue(full.run().score() >= 0.9, "accuracy " + full.run().score());
        Path file = folder.resolve("new").resolve("one.png");
        Picture picture = TinyPictures.half(true, 40, 30, 1, 99);
        TinyPictures.put(file, picture);
        Prediction prediction = full.predict(file);
        assertEquals("high", prediction.label());
        assertEquals(prediction, full.predict(picture), "file and picture");
        List<Prediction> two =
                full.classify(List.of(TinyPictures.half(false, 9, 9, 3, 5), picture));
        assertEquals("low", two.get(0).label());
        assertEquals(prediction.probability(), two.get(1).probability(), 1e-5);
        TunebookException text = assertThrows(TunebookException.class, () -> full.predict("text"));
        assertTrue(text.getMessage().contains("full: needs a model of texts"), text.getMessage());

        List<Answered> answered = full.answered();
        assertEquals(data.test().size(), answered.size());
        for (int i = 0; i < answered.size(); i++) {
            assertEquals(data.test().get(i), answered.get(i).example());
            assertEquals(
                    full.run().marks().get(i).prediction(), answered.get(i).prediction().label());
        }

        Tuned lora = result.tuned("LoRA r2");
        lora.save(folder.resolve("adapter"));
        Adapter back = PeftFolder.read(folder.resolve("adapter"), TINY);
        assertEquals(lora.learned().sha256(), back.weights().sha256());
        assertEquals(data.labels(), back.labels());
        Merged.Check check = lora.mergeCheck();
        assertTrue(check.largestLogitGap() < 1e-4, "gap " + check.largestLogitGap());
        Backbone merged = full.merged().backbone().named("tuned");
        assertEquals("tuned", merged.name());
        assertEquals(TINY.model(), merged.model());
    }

    @Test
    void theWorstAndTheMostConfusedExamplesCanBeLookedAt() {
        Study study = study("worst.db", data, new FeatureExtraction()).seeds(1).epochs(1);
        Result result = study.run();
        Tuned tuned = result.best();
        Review top = tuned.topLosses(5);
        assertEquals(5, top.answers().size());
        for (int i = 1; i < 5; i++)
            assertTrue(top.answers().get(i).loss() <= top.answers().get(i - 1).loss());
        double most = tuned.answered().stream().mapToDouble(Answered::loss).max().orElseThrow();
        assertEquals(most, top.answers().get(0).loss());
        assertEquals(
                List.of("id", "truth", "prediction", "probability", "loss", "content"),
                top.table().columnNames());
        Review confused = tuned.mostConfused(100);
        long wrong = tuned.answered().stream().filter(a -> !a.right()).count();
        assertTrue(wrong > 0, "an untrained network is wrong somewhere");
        assertEquals(wrong, confused.answers().size());
        assertTrue(confused.answers().stream().noneMatch(Answered::right));
        Table pairs = result.comparison().mostConfused("feature extraction");
        assertEquals(wrong, (long) pairs.intColumn("times").sum());
        Gallery gallery = Gallery.of(confused);
        assertEquals(wrong, gallery.items().size());
        assertTrue(gallery.text().contains("of class"), gallery.text());
    }

    @Test
    void anAugmentedStudySaysSoAndIsAnother() {
        Dataset<ImageExample> augmented = data.augmented(flip().crop(1));
        assertNotEquals(data.sha256(), augmented.sha256());
        assertEquals(data.sha256(), data.augmented(flip().flip(false)).sha256());
        Result plain = study("two.db", data, new Partial()).run();
        Result other = study("two.db", augmented, new Partial()).run();
        assertEquals(
                "training pictures change each epoch (flip, crop 1), so nothing of frozen blocks"
                        + " is kept",
                other.cautions().words());
        assertTrue(
                other.table().name().endsWith("; " + other.cautions().words()),
                other.table().name());
        for (int i = 0; i < 2; i++)
            assertNotEquals(
                    plain.comparison().runs().get(i).key(), other.comparison().runs().get(i).key());
        assertFalse(
                plain.comparison()
                        .runs()
                        .get(0)
                        .curve()
                        .equals(other.comparison().runs().get(0).curve()));
        assertTrue(
                describe(new Partial(), TINY, augmented)
                        .name()
                        .endsWith("nothing is cached, for training pictures change each epoch"));
        assertTrue(describe(new Partial(), TINY, data).name().endsWith("cached below block 2"));
        assertEquals(flip().crop(1), augmented.sample(10).folds(2).get(0).augmentation());
        assertEquals(crop(1).flip(true), augmented.augmentation());
    }

    @Test
    void whatDoesNotFitIsSaidBeforeAnythingRuns() {
        String text =
                assertThrows(
                                TunebookException.class,
                                () -> study("none.db", Tiny.data(20, 20), new Full()).run())
                        .getMessage();
        assertTrue(text.contains("made up on tiny CIFAR: needs a model of texts"), text);
        String prompt =
                assertThrows(
                                TunebookException.class,
                                () -> study("none.db", data, new PromptTuning(4)).run())
                        .getMessage();
        assertTrue(prompt.contains("needs a model of texts"), prompt);
        assertFalse(folder.resolve("none.db").toFile().exists());
    }

    @Test
    void anUntrainedNetworkIsABackboneToo() {
        Backbone fresh = tunebook.Tunebook.untrained(ResNet.cifar(20));
        assertEquals("untrained ResNet", fresh.name());
        assertEquals(
                fresh.weights().sha256(),
                tunebook.Tunebook.untrained(ResNet.cifar(20)).weights().sha256());
        assertEquals(9, fresh.model().blocks());
    }
}
