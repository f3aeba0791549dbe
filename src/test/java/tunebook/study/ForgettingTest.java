package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.Tunebook;
import tunebook.control.Majority;
import tunebook.core.TunebookException;
import tunebook.data.Prose;
import tunebook.model.Backbone;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.FromScratch;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.support.Reviews;
import tunebook.train.Embedded;
import tunebook.train.Source;

/** What the backbone could do before is measured again. */
class ForgettingTest {
    private static final List<String> TEXTS =
            List.of(
                    "The old man sat down by the window and looked out at the rain.",
                    "She had written to her mother every week since she left the village.",
                    "The doctor came in the morning and said that the child was better.",
                    "Prices rose again last year, and many families could not pay their rent.");

    @TempDir Path folder;

    private Study study(Backbone backbone, Recipe... recipes) {
        return Study.of("what is forgotten?", Nd4jEngine::new)
                .backbone(backbone)
                .data(Reviews.split(0.7, 0.15, 0.15).sample(60))
                .recipes(recipes)
                .epochs(3)
                .limit(16)
                .seeds(2)
                .store(folder.resolve("runs.db"));
    }

    private static Map<String, double[]> rows(Table table) {
        return table.stream()
                .collect(
                        Collectors.toMap(
                                row -> row.getString("recipe"),
                                row ->
                                        new double[] {
                                            row.getDouble("before"), row.getDouble("after")
                                        }));
    }

    @Test
    void whatLeavesTheTrunkAloneForgetsNothingAndARandomNetworkKnowsNothing() {
        Study study =
                study(
                                Embedded.read("tiny-english"),
                                new FeatureExtraction(),
                                new Full().learningRate(1e-3),
                                new FromScratch())
                        .controls(new Majority())
                        .source(TEXTS);
        Result result = study.run();
        Map<String, double[]> rows = rows(result.forgetting());
        double[] frozen = rows.get("feature extraction");
        assertEquals(frozen[0], frozen[1], 0, "to the bit");
        double[] full = rows.get("full");
        assertTrue(full[1] > full[0] + 0.01, full[0] + " to " + full[1]);
        double[] random = rows.get("from scratch");
        assertTrue(random[1] > full[1], random[1] + " against " + full[1]);
        assertTrue(random[1] > random[0] + 1, random[0] + " to " + random[1]);
        assertEquals(3, rows.size(), "a control has no backbone to forget");
        assertTrue(result.table().columnNames().contains("nats on the source"));
        assertEquals(
                result.forgetting().toString(), study.run().forgetting().toString(), "found again");
    }

    @Test
    void anEarlierTaskIsAskedWithItsOwnHead() {
        Study a = study(Embedded.read("tiny-english"), new Full().learningRate(1e-3));
        Tuned solved = a.run().best();
        Backbone after = solved.merged().backbone();
        Study b =
                study(
                                after,
                                new FeatureExtraction(),
                                new Lora(4).learningRate(5e-3),
                                new PromptTuning(4))
                        .data(Reviews.split(0.6, 0.2, 0.2).sample(30))
                        .source(solved.source());
        Map<String, double[]> rows = rows(b.run().forgetting());
        double[] frozen = rows.get("feature extraction");
        assertEquals(frozen[0], frozen[1], 0, "to the bit");
        double unmerged =
                solved.answered().stream().mapToDouble(Answered::loss).average().orElseThrow();
        assertEquals(unmerged, frozen[0], 1e-5, "before, it is the earlier model's own loss");
        assertTrue(Math.abs(rows.get("LoRA r4")[1] - frozen[0]) > 1e-4);
        assertEquals(3, rows.size());
        TunebookException other =
                assertThrows(TunebookException.class, () -> a.source(solved.source()).run());
        assertTrue(other.getMessage().contains("another backbone"), other::toString);
    }

    @Test
    void virtualTokensLeaveRoomForLongTextsOfTheSource() {
        Backbone english = Embedded.read("tiny-english");
        String rain = "The rain went on and the road was under water by noon. ";
        Study study =
                study(english, new FeatureExtraction(), new PromptTuning(8).named("prompt"))
                        .source(List.of(rain.repeat(40)));
        Map<String, double[]> rows = rows(study.run().forgetting());
        double[] prompt = rows.get("prompt");
        assertTrue(Math.abs(prompt[1] - prompt[0]) > 1e-4, () -> prompt[0] + ", " + prompt[1]);
        assertEquals(rows.get("feature extraction")[0], prompt[0], 0, "the same questions");
    }

    @Test
    void aDecoderIsAskedForTheNextToken() {
        String letters =
                "My dear, I was glad of your letter. The roses are out, and the cat is well.\n";
        Study study =
                study(Embedded.read("tiny-gpt"), new Full().learningRate(1e-3))
                        .data(
                                Prose.of(Path.of("datasets/grandmother-letters.txt"))
                                        .split(0.7, 0.15, 0.15)
                                        .sample(20))
                        .epochs(1)
                        .limit(64)
                        .source(List.of(letters.repeat(4)));
        double[] full = rows(study.run().forgetting()).get("full");
        double loss = Math.log(Tunebook.perplexity(Embedded.read("tiny-gpt"), letters.repeat(4)));
        assertEquals(loss, full[0], 1e-5);
        assertTrue(full[1] != full[0]);
    }

    @Test
    void errorsSayWhatIsMissing() {
        Study study = study(Embedded.read("tiny-english"), new FeatureExtraction());
        TunebookException none =
                assertThrows(TunebookException.class, () -> study.run().forgetting());
        assertTrue(none.getMessage().contains("names no source"), none::toString);
        TunebookException empty =
                assertThrows(TunebookException.class, () -> Source.texts(List.of(" ")));
        assertTrue(empty.getMessage().contains("has no text"), empty::toString);
        TunebookException unable =
                assertThrows(
                        TunebookException.class,
                        () ->
                                study(
                                                Embedded.read("tiny-english").untrained(1),
                                                new FeatureExtraction())
                                        .source(TEXTS)
                                        .run());
        assertTrue(
                unable.getMessage().contains("has not learned to predict masked words"),
                unable::toString);
    }
}
