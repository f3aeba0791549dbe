package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.Tunebook;
import tunebook.adapter.Adapters;
import tunebook.adapter.Merged;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.Example;
import tunebook.data.QuestionExample;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.support.Questions;
import tunebook.support.Tiny;
import tunebook.task.Task;
import tunebook.train.Answer;
import tunebook.train.Ending;

/** Studies whose examples are questions on passages. */
class AnswersStudyTest {
    private static final Backbone TINY = Tiny.backbone(0.1);

    @TempDir Path folder;

    private Study study(Backbone backbone, int around, Recipe... recipes) {
        Dataset<QuestionExample> data =
                Questions.parts(
                        folder,
                        Questions.easy("train", 140, around),
                        Questions.easy("validation", 28, around),
                        Questions.easy("test", 28, around));
        return Study.of("who?", Nd4jEngine::new)
                .backbone(backbone)
                .data(data)
                .recipes(recipes)
                .seeds(1)
                .epochs(12)
                .batchSize(8)
                .workers(1)
                .store(folder.resolve("runs.db"));
    }

    private static double exactMatch(Result result) {
        return result.comparison().runs().get(0).metrics().get(Metric.EXACT_MATCH);
    }

    @Test
    void aTinyEncoderLearnsToAnswerOverSeveralWindows() {
        Study study = study(TINY, 24, new Full().learningRate(1e-2)).limit(24);
        Result result = study.run();
        assertTrue(exactMatch(result) > 0.8, "exact match " + exactMatch(result));
        int windows = Task.of(study.data()).test(TINY, 24).batches().size();
        assertTrue(windows > 80, windows + " windows for 56 questions");
        assertEquals(List.of(Metric.ANSWER_F1, Metric.EXACT_MATCH), result.comparison().metrics());
        assertTrue(result.table().columnNames().contains("answer F1"), result.table().toString());
        assertTrue(result.verdict().toString().contains("mean answer F1"));
        assertEquals("", result.cautions().words());
        answersOfTheTunedModelAreThoseOfTheStudy(study, result);
    }

    private static void answersOfTheTunedModelAreThoseOfTheStudy(Study study, Result result) {
        Tuned tuned = result.best();
        List<Mark> marks = tuned.run().marks();
        double sure = 0;
        for (int i = 0; i < marks.size(); i++) {
            QuestionExample asked = (QuestionExample) study.data().test().get(i);
            Answer answer = tuned.answer(asked.question(), asked.passage());
            assertEquals(asked.id(), marks.get(i).id());
            assertEquals(marks.get(i).prediction(), answer.text());
            assertEquals(asked.passage(), answer.passage());
            assertEquals(answer.text(), asked.passage().substring(answer.from(), answer.end()));
            assertTrue(answer.probability() > 0 && answer.probability() <= 1, answer.toString());
            sure += answer.probability() / marks.size();
        }
        assertTrue(sure > 0.5, "mean probability " + sure);
        QuestionExample one = (QuestionExample) study.data().test().get(0);
        QuestionExample two = (QuestionExample) study.data().test().get(1);
        assertEquals(one.passage(), two.passage());
        List<Answer> both = tuned.answer(List.of(one.question(), two.question()), one.passage());
        assertEquals(
                marks.subList(0, 2).stream().map(Mark::prediction).toList(),
                both.stream().map(Answer::text).toList());
    }

    @Test
    void aDecoderLearnsToAnswer() {
        Study study = study(Tiny.decoder(0), 8, new Full().learningRate(1e-2));
        Result result = study.run();
        assertTrue(exactMatch(result) > 0.8, "exact match " + exactMatch(result));
        answersOfTheTunedModelAreThoseOfTheStudy(study, result);
    }

    @Test
    void virtualRowsAreNoAnswers() {
        Study study = study(TINY, 6, new PromptTuning(3), new Lora(2)).epochs(1);
        Result result = study.run();
        for (RunResult run : result.comparison().runs()) {
            assertEquals(Ending.FINISHED, run.status(), run.message());
            List<? extends Example> test = study.data().test();
            for (int i = 0; i < test.size(); i++) {
                QuestionExample asked = (QuestionExample) test.get(i);
                Answer answer =
                        result.tuned(run.recipe()).answer(asked.question(), asked.passage());
                assertEquals(run.marks().get(i).prediction(), answer.text());
            }
        }
    }

    @Test
    void anAdapterFromFilesAnswersAsBefore() {
        Study study = study(TINY, 6, new Lora(2).learningRate(1e-2)).epochs(2);
        Tuned tuned = study.run().best();
        tuned.save(folder.resolve("adapter"));
        Adapter read = Tunebook.adapter(folder.resolve("adapter").toString(), TINY);
        assertEquals(HeadKind.SPANS, read.head());
        assertEquals(List.of(), read.labels());
        String passage = "the doctor was quiet " + "and we waited long ".repeat(9);
        Answer before = tuned.answer("was it good", passage);
        try (Adapters adapters = new Adapters(new Nd4jEngine(1), TINY).add(read)) {
            assertEquals(before, adapters.answer("LoRA r2", "was it good", passage));
            TunebookException e =
                    assertThrows(
                            TunebookException.class, () -> adapters.predict("LoRA r2", passage));
            assertTrue(e.what().contains("its head is SPANS where CLASSIFIER is asked for"));
        }
        assertTrue(tuned.mergeCheck().largestLogitGap() < 1e-4);
        Merged merged = tuned.merged();
        try (Adapters adapters =
                new Adapters(new Nd4jEngine(1), merged.backbone()).add(merged.head().named("m"))) {
            Answer after = adapters.answer("m", "was it good", passage);
            assertEquals(before.text(), after.text());
            assertEquals(before.probability(), after.probability(), 1e-4);
        }
    }

    @Test
    void whatHasNoWordsIsNotAnswered() {
        Tuned tuned = study(TINY, 6, new Lora(2)).epochs(1).run().best();
        TunebookException question =
                assertThrows(TunebookException.class, () -> tuned.answer(" ", "the nurse"));
        assertTrue(question.getMessage().contains("the question has no tokens"));
        TunebookException passage =
                assertThrows(TunebookException.class, () -> tuned.answer("who was there", ""));
        assertTrue(passage.getMessage().contains("question \"who was there\": its passage has no"));
    }

    @Test
    void questionsThatWereCutAreSaid() {
        Result result = study(TINY, 6, new Lora(2)).epochs(1).limit(8).run();
        assertTrue(result.table().name().matches(".*; \\d+ texts were cut to 8 tokens.*"));
    }
}
