package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.adapter.Adapters;
import tunebook.adapter.Merged;
import tunebook.adapter.PeftFolder;
import tunebook.core.TunebookException;
import tunebook.data.Bio;
import tunebook.data.Dataset;
import tunebook.data.EntityExample;
import tunebook.model.Backbone;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.support.Learned;
import tunebook.support.Sentences;
import tunebook.support.Tiny;
import tunebook.train.Ending;
import tunebook.train.Tagged;
import tunebook.train.Tagged.Entity;

/** Entities end to end on the smallest models. */
class EntityStudyTest {
    private static final Backbone TINY = Tiny.backbone(0);
    private static final Recipe FULL = new Full().learningRate(1e-2);
    private static final String TEXT = "The kind nurse, and a  cold bed!";

    @TempDir static Path folder;

    private static Dataset<EntityExample> data;
    private static Result result;

    private static Study study(Backbone backbone, String store, Recipe... recipes) {
        return Study.of("who?", Nd4jEngine::new)
                .backbone(backbone)
                .data(data)
                .recipes(recipes)
                .seeds(2)
                .epochs(10)
                .batchSize(8)
                .workers(1)
                .store(folder.resolve(store));
    }

    @BeforeAll
    static void run() {
        data = Sentences.data(folder, 240);
        result = study(TINY, "runs.db", FULL, new Lora(8).learningRate(2e-2).epochs(3)).run();
    }

    @Test
    void whatFollowsFromTheWordsIsLearned() {
        for (RunResult run : result.comparison().runs()) {
            assertEquals(Ending.FINISHED, run.status());
            assertEquals(
                    List.of(Metric.ENTITY_F1, Metric.ENTITY_PRECISION, Metric.ENTITY_RECALL),
                    List.copyOf(run.metrics().keySet()));
            if (!run.recipe().equals("full")) continue;
            assertTrue(run.curve().get(0).validationScore() < 0.9, "it begins below");
            assertTrue(run.score() > 0.9, "F1 is " + run.score());
        }
        assertEquals(Metric.ENTITY_F1, result.comparison().metric());
        assertTrue(result.table().columnNames().contains("entity F1"), result.table().toString());
        assertTrue(result.verdict().toString().contains("entity F1"), result.verdict().toString());
        assertTrue(result.comparison().json(1, 1).contains("\"entity F1\""));
    }

    @Test
    void decodersAndRowsBeforeTheTextLearnItToo() {
        Recipe[] recipes = {FULL, new PromptTuning(2), new PrefixTuning(2)};
        Result decoder = study(Tiny.decoder(0), "decoder.db", recipes).seeds(1).run();
        for (RunResult run : decoder.comparison().runs())
            assertEquals(Ending.FINISHED, run.status(), run.message());
        // A decoder sees a person's adjective before it knows of the person: at most half right.
        double f1 = decoder.tuned("full").run().score();
        assertTrue(f1 > 0.6, "F1 is " + f1);
        Result encoder = study(TINY, "rows.db", recipes).seeds(1).epochs(2).run();
        for (RunResult run : encoder.comparison().runs())
            assertEquals(Ending.FINISHED, run.status(), run.message());
    }

    @Test
    void entitiesOfATextStandWhereTheyAreInIt() {
        Tagged tagged = result.tuned("full").entities(TEXT);
        assertEquals(TEXT, tagged.text());
        assertEquals(List.of("PER", "THING"), tagged.types());
        assertEquals(2, tagged.entities().size(), tagged.toString());
        Entity nurse = tagged.entities().get(0);
        assertEquals("PER", nurse.type());
        assertEquals("kind nurse", nurse.text());
        assertEquals(4, nurse.from());
        assertEquals(14, nurse.end());
        Entity bed = tagged.entities().get(1);
        assertEquals("bed", TEXT.substring(bed.from(), bed.end()));
        for (Entity e : tagged.entities())
            assertTrue(e.probability() > 0.4 && e.probability() <= 1, e.toString());
        assertEquals(
                "The [kind nurse](" + nurse.label() + "), and a  cold [bed](" + bed.label() + ")!",
                tagged.toString());
        assertTrue(nurse.label().matches("PER \\d+%"), nurse.label());
    }

    @Test
    void aTextWithoutWordsOrTokensHasNoEntities() {
        List<Tagged> tagged =
                result.tuned("full").entities(List.of("", " \n", "\u200b", "the nurse was kind"));
        assertEquals(List.of(), tagged.get(0).entities());
        assertEquals(List.of(), tagged.get(1).entities());
        assertEquals(List.of(), tagged.get(2).entities());
        assertEquals("nurse", tagged.get(3).entities().get(0).text());
        assertEquals(List.of(), result.tuned("full").entities(List.of()));
    }

    /** The model has 32 positions; this text fills them many times. */
    @Test
    void aLongTextIsReadInPiecesThatEndWithSentences() {
        Tuned tuned = result.tuned("full");
        String sentence = "the kind nurse and a bed was cold. ";
        Tagged one = tuned.entities(sentence);
        assertEquals(List.of("kind nurse", "bed"), texts(one));
        int tokens = TINY.tokenizer().encode(sentence, 32).ids().length - 2;
        int fit = 30 / tokens;
        assertTrue(fit >= 2, "a piece is to hold several sentences");
        List<Entity> piece = tuned.entities(sentence.repeat(fit)).entities();
        List<Entity> many = tuned.entities(sentence.repeat(20 * fit)).entities();
        assertEquals(20 * piece.size(), many.size());
        for (int i = 0; i < many.size(); i++) {
            Entity expected = piece.get(i % piece.size());
            int before = i / piece.size() * fit * sentence.length();
            assertEquals(expected.from() + before, many.get(i).from());
            assertEquals(expected.text(), many.get(i).text());
            assertEquals(expected.probability(), many.get(i).probability(), 1e-5);
        }
        Tagged endless = tuned.entities("nurse ".repeat(1_000));
        assertEquals(6_000, endless.text().length());
        String word = "x".repeat(90);
        Tagged after = tuned.entities(word + word + " the nurse and a bed was cold");
        assertTrue(texts(after).contains("bed"), after.toString());
    }

    private static List<String> texts(Tagged tagged) {
        return tagged.entities().stream().map(Entity::text).toList();
    }

    @Test
    void typesAreCountedOverAllSeeds() {
        Table table = result.entityTypes("LoRA r8");
        assertEquals(List.of("PER", "THING", "all"), table.stringColumn("type").asList());
        int there = 2 * data.test().stream().mapToInt(e -> e.entities().size()).sum();
        assertEquals(there, table.intColumn("there").get(2));
        for (int row = 0; row < 3; row++) {
            double right = table.intColumn("right").get(row);
            double f1 =
                    2
                            * right
                            / (table.intColumn("there").get(row)
                                    + table.intColumn("predicted").get(row));
            assertEquals(f1, table.doubleColumn("F1").get(row), 1e-12);
        }
        assertTrue(table.name().contains("LoRA r8"));
        says(
                assertThrows(TunebookException.class, () -> result.entityTypes("LoRA r9")),
                "entityTypes(\"LoRA r9\")",
                "no such recipe",
                "nearest is \"LoRA r8\"");
    }

    private static void says(TunebookException e, String... words) {
        for (String word : words) assertTrue(e.getMessage().contains(word), e.getMessage());
    }

    @Test
    void wrongSentencesStandTruthBesidePredictionTheWorstFirst() {
        Tuned lora = result.tuned("LoRA r8");
        WrongEntities wrong = lora.wrongEntities();
        assertEquals(48, wrong.tested());
        int before = Integer.MAX_VALUE;
        List<String> ids = new ArrayList<>();
        for (WrongEntities.Sentence s : wrong.sentences()) {
            int count = s.missed().size() + s.invented().size();
            assertTrue(count > 0 && count <= before);
            before = count;
            ids.add(s.id());
            EntityExample example =
                    data.test().stream().filter(e -> e.id().equals(s.id())).findFirst().get();
            assertEquals(example.words(), s.words());
            assertEquals(example.entities(), s.truth());
        }
        long expected =
                lora.run().marks().stream().filter(m -> !m.truth().equals(m.prediction())).count();
        assertTrue(expected > 0, "this test needs mistakes");
        assertEquals(expected, ids.stream().distinct().count());
        Table table = wrong.table();
        assertEquals(expected, table.rowCount());
        assertTrue(wrong.title().contains(expected + " of 48 test sentences"), wrong.title());
        WrongEntities.Sentence first = wrong.sentences().get(0);
        String missed = table.stringColumn("missed").get(0);
        for (Bio.Span span : first.missed())
            assertTrue(
                    missed.contains(
                            span.type()
                                    + ": "
                                    + String.join(
                                            " ", first.words().subList(span.from(), span.end()))),
                    missed);
    }

    @Test
    void mergedAnswersAreTheSame() {
        Tuned lora = result.tuned("LoRA r8");
        Merged.Check check = lora.mergeCheck();
        assertTrue(check.largestLogitGap() < 1e-4, "gap " + check.largestLogitGap());
        assertEquals(check.accuracy(), check.mergedAccuracy());
        double right = 0;
        double words = 0;
        for (var mark : lora.run().marks()) {
            String[] truth = mark.truth().split(" ", -1);
            String[] predicted = mark.prediction().split(" ", -1);
            words += truth.length;
            for (int w = 0; w < truth.length; w++) if (truth[w].equals(predicted[w])) right++;
        }
        // Marks hold mended tags, the check the model's own.
        assertEquals(right / words, check.accuracy(), 0.1);
    }

    @Test
    void whatWasSavedInPeftsLayoutFindsTheSame() {
        Tuned lora = result.tuned("LoRA r8");
        lora.save(folder.resolve("adapter"));
        Adapter read = PeftFolder.read(folder.resolve("adapter"), TINY);
        try (Adapters adapters = new Adapters(Learned.ENGINE, TINY)) {
            adapters.add(read.named("ner")).add(read.labels(List.of("a", "b", "c", "d", "e")));
            assertEquals(lora.entities(TEXT), adapters.entities("ner", TEXT));
            says(
                    assertThrows(TunebookException.class, () -> adapters.predict("ner", TEXT)),
                    "its head is TOKENS where CLASSIFIER is asked for");
            says(
                    assertThrows(
                            TunebookException.class, () -> adapters.entities(read.name(), TEXT)),
                    "its class \"a\" is no tag",
                    "adapter.labels(");
            says(
                    assertThrows(TunebookException.class, () -> adapters.entities("nor", TEXT)),
                    "none called nor",
                    "nearest is ner");
        }
    }

    @Test
    void whatAsksForClassesSaysThatThereAreNone() {
        Tuned full = result.tuned("full");
        says(
                assertThrows(TunebookException.class, () -> full.predict("a text")),
                "TOKENS where CLASSIFIER");
        says(
                assertThrows(TunebookException.class, () -> result.comparison().confusion("full")),
                "no classes");
        Result classes =
                study(TINY, "classes.db", new Full().epochs(1))
                        .data(Tiny.data(20, 20))
                        .seeds(1)
                        .run();
        says(
                assertThrows(TunebookException.class, () -> classes.entityTypes("full")),
                "no entities");
        says(
                assertThrows(TunebookException.class, () -> classes.tuned("full").wrongEntities()),
                "its study is about classes of texts");
        says(
                assertThrows(TunebookException.class, () -> classes.tuned("full").entities("a")),
                "CLASSIFIER where TOKENS");
    }

    @Test
    void equalStudiesGiveEqualBitsOnAnyNumberOfWorkers() {
        Result again = study(TINY, "again.db", FULL).workers(2).run();
        Map<Long, RunResult> first = new java.util.TreeMap<>();
        for (RunResult run : result.comparison().runs())
            if (run.recipe().equals("full")) first.put(run.seed(), run);
        for (RunResult run : again.comparison().runs()) {
            assertEquals(first.get(run.seed()).curve(), run.curve());
            assertEquals(first.get(run.seed()).marks(), run.marks());
        }
        assertNotEquals(first.get(1L).curve(), first.get(2L).curve());
    }
}
