package tunebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.Tunebook.lora;
import static tunebook.Tunebook.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.Picture;
import tunebook.data.Pictures;
import tunebook.model.Backbone;
import tunebook.study.Tuned;
import tunebook.support.Questions;
import tunebook.support.Sentences;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;
import tunebook.support.TinyPictures;
import tunebook.support.TinyTasks;
import tunebook.train.Answer;
import tunebook.train.LabelSet;
import tunebook.train.PassageQuestion;
import tunebook.train.Prediction;
import tunebook.train.Predictor;
import tunebook.train.Served;
import tunebook.train.Tagged;

/** A model of every task as a part of a service. */
class ServedTest {
    private static final List<String> TEXTS =
            List.of("the nurse was kind", "the night was loud and the food was cold", "we waited");

    @TempDir Path folder;

    private Tuned tuned(Backbone backbone, Dataset<?> data) {
        return study("What is served?")
                .backbone(backbone)
                .data(data)
                .recipes(lora(2))
                .seeds(1)
                .epochs(2)
                .store(folder.resolve("runs.db"))
                .run()
                .best();
    }

    /** Alone to the bit as the model itself; many at once are alike in what is said. */
    private static <Q, A> void served(
            Tuned tuned,
            Served<Q, A> served,
            List<Q> questions,
            Function<Q, A> usual,
            Function<A, Object> said) {
        List<A> expected = questions.stream().map(usual).toList();
        try (Predictor<Q, A> service = tuned.predictor(served)) {
            for (int i = 0; i < questions.size(); i++)
                assertEquals(expected.get(i), service.predict(questions.get(i)));
            List<CompletableFuture<A>> all = new ArrayList<>();
            for (int round = 0; round < 20; round++)
                for (Q question : questions) all.add(service.submit(question));
            for (int i = 0; i < all.size(); i++)
                assertEquals(
                        said.apply(expected.get(i % questions.size())),
                        said.apply(all.get(i).join()));
        }
    }

    @Test
    void classes() {
        Tuned tuned = tuned(Tiny.backbone(0), Tiny.data(30, 30));
        served(tuned, Served.CLASSES, TEXTS, tuned::predict, Prediction::label);
        TunebookException e =
                assertThrows(
                        TunebookException.class, () -> tuned.predictor(Served.ENTITIES).close());
        assertTrue(e.what().contains("where TOKENS is asked for"), e.getMessage());
        e = assertThrows(TunebookException.class, () -> tuned.predictor(Served.PICTURES).close());
        assertTrue(e.getMessage().contains("picture"), e.getMessage());
    }

    @Test
    void numbers() {
        Tuned tuned = tuned(Tiny.backbone(0), TinyTasks.numbers(60));
        served(tuned, Served.VALUES, TEXTS, tuned::value, v -> Math.round(v * 1e4));
    }

    @Test
    void setsOfLabels() {
        Tuned tuned = tuned(Tiny.backbone(0), TinyTasks.labelSets(60));
        served(tuned, Served.LABELS, TEXTS, tuned::labels, LabelSet::labels);
    }

    @Test
    void entities() {
        Tuned tuned = tuned(Tiny.backbone(0), Sentences.data(folder, 60));
        List<String> texts = List.of("the kind nurse was rude . a bed and a doctor .", "the meal");
        served(tuned, Served.ENTITIES, texts, tuned::entities, ServedTest::spans);
    }

    private static List<String> spans(Tagged tagged) {
        return tagged.entities().stream().map(e -> e.type() + e.from() + "-" + e.end()).toList();
    }

    @Test
    void answersOnPassagesOfTheirOwn() {
        Tuned tuned = tuned(Tiny.backbone(0), Questions.few(folder));
        String passage = "we waited long and the nurse was kind at night and nobody slept";
        List<PassageQuestion> asked =
                List.of(
                        new PassageQuestion("who was there", passage),
                        new PassageQuestion("was it good", passage),
                        new PassageQuestion("who was there", "the doctor was rude"));
        served(
                tuned,
                Served.ANSWERS,
                asked,
                a -> tuned.answer(a.question(), a.passage()),
                Answer::text);
    }

    @Test
    void pictures() throws Exception {
        Tuned tuned = tuned(TinyImages.cifar(), TinyPictures.data(folder.resolve("pictures"), 12));
        List<Picture> pictures =
                List.of(
                        Pictures.read(folder.resolve("pictures/high/3.png")),
                        Pictures.read(folder.resolve("pictures/high/4.png")));
        served(tuned, Served.PICTURES, pictures, tuned::predict, Prediction::label);
        TunebookException e =
                assertThrows(TunebookException.class, () -> tuned.predictor().close());
        assertTrue(e.what().contains("needs a model of texts"), e.getMessage());
    }
}
