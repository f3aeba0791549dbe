package tunebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.Tunebook.adapter;
import static tunebook.Tunebook.full;
import static tunebook.Tunebook.greedy;
import static tunebook.Tunebook.lora;
import static tunebook.Tunebook.model;
import static tunebook.Tunebook.perplexity;
import static tunebook.Tunebook.pretrained;
import static tunebook.Tunebook.promptTuning;
import static tunebook.Tunebook.study;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.adapter.Merged;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.model.Backbone;
import tunebook.model.Gpt2;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Recipe;
import tunebook.study.Result;
import tunebook.study.SavedModel;
import tunebook.study.Tuned;
import tunebook.support.Kernels;
import tunebook.support.Questions;
import tunebook.support.Sentences;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;
import tunebook.support.TinyPictures;
import tunebook.support.TinyProse;
import tunebook.support.TinyTasks;
import tunebook.train.Prediction;
import tunebook.train.Predictor;

/** A tuned model of every task, saved and opened, answers as it did. */
class SavedModelTest {
    private static final List<String> TEXTS =
            List.of("the nurse was kind", "the night was loud and the food was cold", "we waited");

    @TempDir Path folder;

    private Result result(Backbone backbone, Dataset<?> data, Recipe... recipes) {
        return study("What is kept?")
                .backbone(backbone)
                .data(data)
                .recipes(recipes)
                .seeds(1)
                .epochs(2)
                .store(folder.resolve("runs.db"))
                .run();
    }

    private Tuned tuned(Backbone backbone, Dataset<?> data) {
        return result(backbone, data, full()).tuned("full");
    }

    private SavedModel saved(Tuned tuned) {
        Path at = folder.resolve("saved");
        tuned.saveModel(at);
        return model(at.toString());
    }

    @Test
    void classesAndWhatAServiceAsks() {
        Tuned tuned = tuned(Tiny.backbone(0), Tiny.data(30, 30));
        SavedModel saved = saved(tuned);
        Kernels.same(tuned.predict(TEXTS), saved.predict(TEXTS));
        Kernels.same(tuned.predict(TEXTS.get(1)), saved.predict(TEXTS.get(1)));
        try (Predictor<String, Prediction> mine = tuned.predictor();
                Predictor<String, Prediction> opened = saved.predictor()) {
            for (String text : TEXTS) {
                assertEquals(tuned.predict(text), mine.predict(text));
                Kernels.same(tuned.predict(text), opened.predict(text));
            }
        }
        assertEquals(HeadKind.CLASSIFIER, saved.head().head());
        assertEquals("full, saved as saved: CLASSIFIER", saved.toString());
        Kernels.same(
                tuned.predict(TEXTS), saved.on(threads -> new Nd4jEngine(threads)).predict(TEXTS));
        assertEquals(2, saved.attention(TEXTS.get(0)).layers());
    }

    @Test
    void numbers() {
        Tuned tuned = tuned(Tiny.backbone(0), TinyTasks.numbers(60));
        SavedModel saved = saved(tuned);
        Kernels.same(Arrays.toString(tuned.values(TEXTS)), Arrays.toString(saved.values(TEXTS)));
        TunebookException e =
                assertThrows(TunebookException.class, () -> saved.predict("the food"));
        assertEquals("its head is REGRESSION where CLASSIFIER is asked for", e.what());
    }

    @Test
    void setsOfLabels() {
        Tuned tuned = tuned(Tiny.backbone(0), TinyTasks.labelSets(60));
        Kernels.same(tuned.labels(TEXTS), saved(tuned).labels(TEXTS));
    }

    @Test
    void entities() {
        Tuned tuned = tuned(Tiny.backbone(0), Sentences.data(folder, 60));
        List<String> texts = List.of("the kind nurse was rude . a bed and a doctor .", "the meal");
        Kernels.same(tuned.entities(texts), saved(tuned).entities(texts));
        assertTrue(!tuned.entities(texts).get(0).types().isEmpty());
    }

    @Test
    void answers() {
        Tuned tuned = tuned(Tiny.backbone(0), Questions.few(folder));
        String passage = "we waited long and the nurse was kind at night and nobody slept";
        List<String> questions = List.of("who was there", "was it good");
        assertEquals(tuned.answer(questions, passage), saved(tuned).answer(questions, passage));
    }

    @Test
    void textThatGoesOn() {
        Tuned tuned =
                tuned(
                        TinyProse.decoder(Gpt2.Layout.CONV1D_TIED, 0),
                        TinyProse.file(folder, 30).split(0.6, 0.2, 0.2));
        SavedModel saved = saved(tuned);
        assertEquals(
                tuned.generate("the cat", 40, greedy()), saved.generate("the cat", 40, greedy()));
        String text = "a dog ran off.";
        Merged merged = tuned.merged();
        assertEquals(perplexity(merged.backbone(), merged.head(), text), saved.perplexity(text));
        assertEquals(tuned.perplexity(text), saved.perplexity(text), 1e-5);
    }

    @Test
    void pictures() throws Exception {
        Dataset<?> data = TinyPictures.data(folder.resolve("pictures"), 12);
        for (Backbone backbone : List.of(TinyImages.cifar(), TinyImages.basic())) {
            Tuned tuned = tuned(backbone, data);
            SavedModel saved = saved(tuned);
            Path picture = folder.resolve("pictures/high/3.png");
            assertEquals(tuned.predict(picture), saved.predict(picture));
        }
    }

    @Test
    void whatEachOfSaveAndSaveModelRefusesNamesTheOther() {
        Result result =
                result(Tiny.backbone(0), Tiny.data(30, 30), full(), lora(2), promptTuning(2));
        TunebookException e =
                assertThrows(TunebookException.class, () -> result.tuned("full").save(folder));
        assertTrue(e.mend().endsWith("as a whole model: tuned.saveModel(folder)"), e.mend());
        Tuned prompt = result.tuned("prompt tuning p2");
        e = assertThrows(TunebookException.class, () -> prompt.saveModel(folder));
        assertEquals("save the adapter alone: tuned.save(folder)", e.mend());
        Tuned lora = result.tuned("LoRA r2");
        SavedModel merged = saved(lora);
        for (int i = 0; i < TEXTS.size(); i++)
            assertEquals(
                    lora.predict(TEXTS.get(i)).probability(),
                    merged.predict(TEXTS.get(i)).probability(),
                    1e-5);
        Path kept = folder.resolve("kept");
        lora.save(kept);
        assertEquals(
                lora.learned().sha256(),
                adapter(kept.toString(), Tiny.backbone(0)).weights().sha256());
        e = assertThrows(TunebookException.class, () -> model(kept.toString()));
        assertTrue(e.mend().contains("adapter(folder, backbone)"), e.mend());
    }

    @Test
    void whatWasSavedIsTunedFurther() {
        SavedModel saved = saved(tuned(Tiny.backbone(0), Tiny.data(30, 30)));
        Result further =
                result(
                        pretrained(folder.resolve("saved").toString()),
                        TinyTasks.numbers(60),
                        lora(2));
        assertTrue(Double.isFinite(further.tuned("LoRA r2").value("the food was cold")));
        assertEquals(Tiny.backbone(0).model(), saved.backbone().model());
    }
}
