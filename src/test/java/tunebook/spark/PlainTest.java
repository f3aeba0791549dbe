package tunebook.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.Augmentation;
import tunebook.data.Dataset;
import tunebook.model.Backbone;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.BitFit;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Recipe;
import tunebook.recipe.Settings.Decay;
import tunebook.study.Done;
import tunebook.study.Planned;
import tunebook.study.Repeated;
import tunebook.study.Result;
import tunebook.study.Runs;
import tunebook.study.Study;
import tunebook.support.Methods;
import tunebook.support.Questions;
import tunebook.support.Sentences;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;
import tunebook.support.TinyPictures;
import tunebook.support.TinyProse;
import tunebook.support.TinyTasks;
import tunebook.train.Source;

/** What goes to workers and comes back is what it was. */
class PlainTest {
    @TempDir Path folder;

    private static Study study(Backbone backbone, Dataset<?> data, Recipe... recipes) {
        return Study.of("the same?", Nd4jEngine::new)
                .backbone(backbone)
                .data(data)
                .recipes(recipes)
                .seeds(1);
    }

    /** Bytes that say everything say the same again. */
    private static void same(Study study) {
        byte[] bytes = Plain.bytes(StudyForm.of(study));
        StudyForm back = Plain.read(bytes, StudyForm.class);
        assertArrayEquals(bytes, Plain.bytes(back));
        Study again = back.study(Nd4jEngine::new);
        assertEquals(study.recipes().toString(), again.recipes().toString());
        assertEquals(study.backbone().model(), again.backbone().model());
        assertEquals(study.backbone().weights().sha256(), again.backbone().weights().sha256());
        assertEquals(study.data().sha256(), again.data().sha256());
        assertEquals(study.data().warnings(), again.data().warnings());
        assertEquals(Planned.all(study), Planned.all(again));
    }

    @Test
    void everyMethodComesBackOnEveryFamily() {
        List<Recipe> all = new ArrayList<>(Methods.all().<Recipe>map(m -> m).toList());
        all.add(
                new Lora(4)
                        .alpha(7)
                        .rank("*.query", 2)
                        .and(new BitFit())
                        .learningRate(1e-3)
                        .schedule(0.2, Decay.COSINE)
                        .balanced()
                        .named("«mine»\ud800"));
        all.add(new Full().tries(new Lora(2)).epochs(2));
        Dataset<?> data = Tiny.data(12, 12);
        same(study(Tiny.backbone(0.1), data, all.toArray(Recipe[]::new)));
        same(study(Tiny.decoder(0.1), data, new Full()).limit(8));
    }

    @Test
    void everyKindOfDataComesBack() throws Exception {
        Backbone encoder = Tiny.backbone(0);
        Stream.of(
                        TinyTasks.numbers(30),
                        TinyTasks.labelSets(30),
                        Sentences.data(folder, 30),
                        Questions.parts(
                                folder,
                                Questions.easy("train", 6, 6),
                                Questions.easy("dev", 2, 6),
                                Questions.easy("test", 2, 6)))
                .forEach(data -> same(study(encoder, data, new Full())));
        same(study(Tiny.decoder(0), TinyProse.file(folder, 12).split(0.6, 0.2, 0.2), new Full()));
        Dataset<?> pictures = TinyPictures.data(folder.resolve("pictures"), 6);
        for (Backbone network :
                List.of(TinyImages.cifar(), TinyImages.basic(), TinyImages.bottleneck()))
            same(study(network, pictures.augmented(new Augmentation(true, 1, 0.2)), new Full()));
    }

    @Test
    void aSourceComesBack() {
        Study study = study(Tiny.backbone(0), Tiny.data(12, 12), new Full()).source(Tiny.SENTENCES);
        same(study);
        StudyForm back = Plain.read(Plain.bytes(StudyForm.of(study)), StudyForm.class);
        Source source = back.source().orElseThrow();
        assertEquals(study.entrants().source().orElseThrow().sha256(), source.sha256());
    }

    @Test
    void aRunComesBackToTheBit() {
        Result result = Repeated.anywhere(folder.resolve("runs.db"), List.of(new Lora(2)), 1).run();
        var runs = new ArrayList<>(result.comparison().runs());
        runs.add(Runs.finished("odd", 3, 0.5, 7));
        for (var run : runs) {
            Done done = new Done(run, Tiny.weights(Tiny.model(20, 0), 3));
            byte[] bytes = Plain.bytes(Answer.of(done, "a caution"));
            Done back = Plain.read(bytes, Answer.class).get();
            assertEquals(run, back.result());
            assertEquals(done.learned().sha256(), back.learned().sha256());
            assertArrayEquals(bytes, Plain.bytes(Answer.of(back, "a caution")));
        }
        var failed = Answer.failed(new TunebookException("here", "is wrong", "mend it"));
        Answer back = Plain.read(Plain.bytes(failed), Answer.class);
        assertEquals(
                "here: is wrong. Mend: mend it",
                assertThrows(TunebookException.class, back::get).getMessage());
    }

    @Test
    void plainValuesComeBackAsTheyWere() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", -0.0);
        map.put("a", Double.longBitsToDouble(0x7ff8000000000123L));
        List<Object> all =
                Arrays.asList(
                        null,
                        true,
                        -1,
                        Long.MIN_VALUE,
                        "",
                        "\ud83d\ude00\udc00",
                        map,
                        Optional.empty(),
                        Optional.of(List.of(1)),
                        Decay.RANGE);
        List<?> back = Plain.read(Plain.bytes(all), List.class);
        assertEquals(all.toString(), back.toString());
        assertArrayEquals(Plain.bytes(all), Plain.bytes(back));
        assertEquals(List.of("z", "a"), List.copyOf(((Map<?, ?>) back.get(6)).keySet()));
    }

    @Test
    void brokenBytesAreRefusedByName() {
        // of a study the hash is looked at before anything is made of its bytes
        byte[] good =
                Plain.bytes(
                        Answer.of(
                                new Done(Runs.finished("odd", 3, 0.5, 7), Weights.none()), "none"));
        Random random = new Random(5);
        Map<String, Integer> refused = new TreeMap<>();
        int taken = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] bad = good.clone();
            int at = i % 2 == 0 ? random.nextInt(400) : random.nextInt(bad.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            if (i % 10 == 9) bad = Arrays.copyOf(bad, random.nextInt(bad.length));
            try {
                Plain.read(bad, Answer.class);
                taken++; // another weight, or another letter of a text
            } catch (TunebookException e) {
                refused.merge(e.where(), 1, Integer::sum);
            }
        }
        System.out.printf("2,000 broken answers: %d refused, %d other ones%n", 2000 - taken, taken);
        assertTrue(refused.size() >= 1, refused.toString());
    }

    @Test
    void nothingButTunebooksOwnIsMade() {
        record Strange(String text) {}
        TunebookException e =
                assertThrows(TunebookException.class, () -> Plain.bytes(new Object()));
        assertTrue(e.getMessage().contains("it has a Object"), e.getMessage());
        assertTrue(e.getMessage().contains("leave .on(spark(…)) out"), e.getMessage());
        byte[] other = Plain.bytes(new Strange("x"));
        String name = Strange.class.getName();
        String evil = "java.lang.ProcessBuilder";
        byte[] changed = renamed(other, name, evil + "x".repeat(name.length() - evil.length()));
        String words =
                assertThrows(TunebookException.class, () -> Plain.read(changed, Object.class))
                        .getMessage();
        assertTrue(words.contains("is not expected"), words);
    }

    private static byte[] renamed(byte[] bytes, String from, String to) {
        byte[] changed = bytes.clone();
        for (int i = 0; i < from.length(); i++) changed[5 + 2 * i + 1] = (byte) to.charAt(i);
        return changed;
    }
}
