package tunebook.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tunebook.adapter.Merged;
import tunebook.adapter.PeftFolder;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.Kind;
import tunebook.data.Picture;
import tunebook.data.Pictures;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.task.Part;
import tunebook.task.Task;
import tunebook.train.Answer;
import tunebook.train.Answerer;
import tunebook.train.AttentionMap;
import tunebook.train.AttentionReader;
import tunebook.train.Classifier;
import tunebook.train.Estimator;
import tunebook.train.Generator;
import tunebook.train.LabelSet;
import tunebook.train.Labeller;
import tunebook.train.LanguageModel;
import tunebook.train.Prediction;
import tunebook.train.Samples;
import tunebook.train.Sampling;
import tunebook.train.Source;
import tunebook.train.SourceTask;
import tunebook.train.Tagged;
import tunebook.train.Tagger;

/** A model that a study tuned, ready to predict. */
public final class Tuned {
    private final Result result;
    private final Study study;
    private final RunResult run;
    private final Adapter adapter;
    private final Engine engine;
    private final Asking asking;

    private Tuned(Result result, RunResult run, Asking asking) {
        this.result = result;
        this.study = asking.study();
        this.run = run;
        this.adapter = asking.adapter();
        this.engine = asking.engine();
        this.asking = asking;
    }

    static Tuned of(Result result, RunResult run, byte[] weights) {
        return new Tuned(result, run, Asking.of(result.study(), run, weights));
    }

    /** The recipe's name. */
    public String recipe() {
        return run.recipe();
    }

    /** The run it comes from. */
    public RunResult run() {
        return run;
    }

    /**
     * What is to be known of it: backbone, recipe, data and what learned with their hashes, test
     * metrics with 95% intervals over the seeds, seed, version, device, limits.
     */
    public ModelCard card() {
        return ModelCard.of(result, run, adapter.weights());
    }

    /** What was tuned. */
    public Backbone backbone() {
        return study.backbone();
    }

    /** Most tokens of a text. */
    public int textTokens() {
        return study.textTokens();
    }

    /** What computes its answers. */
    public Engine engine() {
        return engine;
    }

    /** The study's test examples as the model takes them. */
    public Part test() {
        return Task.of(study.data()).test(study.backbone(), study.textTokens());
    }

    /** What learned, by name. */
    public Weights learned() {
        return adapter.weights();
    }

    /** What learned, as something to keep, write to files and lay over the backbone again. */
    public Adapter adapter() {
        return adapter;
    }

    /**
     * Writes what was learned as an adapter in PEFT's layout.
     *
     * @throws tunebook.core.TunebookException if PEFT has no format for the method
     */
    public void save(Path folder) {
        PeftFolder.write(folder, adapter, study.backbone());
    }

    /**
     * The backbone with what was learned folded into its weights.
     *
     * @throws tunebook.core.TunebookException if the method's change fits no weights
     */
    public Merged merged() {
        return Merged.of(engine, adapter, study.backbone());
    }

    /**
     * What this model can do, for a study that tunes its merged backbone to ask whether it is
     * forgotten: {@code study.backbone(tuned.merged().backbone()).source(tuned.source())}.
     *
     * @throws tunebook.core.TunebookException if the method's change fits no weights
     */
    public Source source() {
        Merged merged = merged();
        return new SourceTask(study.data(), study.textTokens(), merged.backbone(), merged.head());
    }

    /** How far merged and unmerged are apart on the study's test examples. */
    public Merged.Check mergeCheck() {
        return merged().check(engine, test().batches());
    }

    /**
     * The number of a text, in the unit of the data; what is longer than the study's limit is cut.
     *
     * @throws tunebook.core.TunebookException if it was not tuned for numbers
     */
    public double value(String text) {
        return values(List.of(text))[0];
    }

    /** The numbers of texts, in their order. */
    public double[] values(List<String> texts) {
        return asking.with(Estimator::new, reader -> reader.values(texts));
    }

    /**
     * The labels of a text; what is longer than the study's limit is cut.
     *
     * @throws tunebook.core.TunebookException if it was not tuned for sets of labels
     */
    public LabelSet labels(String text) {
        return labels(List.of(text)).get(0);
    }

    /** The labels of texts, in their order. */
    public List<LabelSet> labels(List<String> texts) {
        return asking.with(Labeller::new, reader -> reader.labels(texts));
    }

    /**
     * Continues a text by so many tokens; the text itself is in front.
     *
     * @throws tunebook.core.TunebookException if it was not tuned on running text
     */
    public String generate(String prompt, int tokens, Sampling sampling) {
        try (Generator generator = new Generator(engine, study.backbone(), adapter)) {
            return generator.text(prompt, tokens, sampling);
        }
    }

    /** Three texts of the backbone and of this model after the same words, side by side. */
    public Samples samples(String prompt, int tokens, Sampling sampling) {
        return samples(prompt, tokens, sampling, 3);
    }

    /** The same with so many texts of each. */
    public Samples samples(String prompt, int tokens, Sampling sampling, int count) {
        try (Generator before = new Generator(engine, study.backbone());
                Generator after = new Generator(engine, study.backbone(), adapter)) {
            return Samples.of(before, after, prompt, tokens, sampling, count);
        }
    }

    /**
     * Among how many equally probable tokens this model has to guess in a text; see {@link
     * LanguageModel#loss}.
     */
    public double perplexity(String text) {
        return asking.with(LanguageModel::new, reader -> reader.perplexity(text));
    }

    /**
     * Where the rows of a text look: an image of the weights, no explanation of an answer.
     *
     * @throws tunebook.core.TunebookException if the backbone has no attention, or the text more
     *     tokens than the study's limit
     */
    public AttentionMap attention(String text) {
        return asking.with(AttentionReader::new, reader -> reader.read(text));
    }

    /** Classifies a text; what is longer than the study's limit is cut. */
    public Prediction predict(String text) {
        return predict(List.of(text)).get(0);
    }

    /** Classifies texts, in their order. */
    public List<Prediction> predict(List<String> texts) {
        return asking.with(Classifier::new, reader -> reader.predict(texts));
    }

    /**
     * Classifies the picture in a file.
     *
     * @throws tunebook.core.TunebookException if it is no picture, or this was tuned for texts
     */
    public Prediction predict(Path picture) {
        seesPictures();
        return predict(Pictures.read(picture));
    }

    /** Classifies a picture of any size. */
    public Prediction predict(Picture picture) {
        return classify(List.of(picture)).get(0);
    }

    /** Classifies pictures, in their order. */
    public List<Prediction> classify(List<Picture> pictures) {
        seesPictures();
        return asking.with(Classifier::new, reader -> reader.classify(pictures));
    }

    private void seesPictures() {
        if (study.data().kind() != Kind.PICTURES)
            throw new TunebookException(
                    toString(),
                    "was tuned for texts, and is asked about a picture",
                    "ask it predict(\"…\") with a text");
    }

    /** The study's test examples with this model's predictions, in the order of the data. */
    public List<Answered> answered() {
        Part test = test();
        List<Prediction> predictions =
                asking.with(Classifier::new, reader -> reader.answers(test.batches()));
        List<Answered> answered = new ArrayList<>();
        for (Prediction prediction : predictions)
            answered.add(new Answered(study.data().test().get(answered.size()), prediction));
        return answered;
    }

    /** The test examples with the highest loss, at most so many; of a study about classes. */
    public Review topLosses(int most) {
        return Review.topLosses(recipe(), answered(), most);
    }

    /**
     * Test examples that this model got wrong, those of the most frequent confusion first, at most
     * so many; of a study about classes.
     */
    public Review mostConfused(int most) {
        return Review.mostConfused(recipe(), answered(), most);
    }

    /** Finds the entities of a text, however long. */
    public Tagged entities(String text) {
        return entities(List.of(text)).get(0);
    }

    /** Finds the entities of texts, in their order. */
    public List<Tagged> entities(List<String> texts) {
        return asking.with(Tagger::new, reader -> reader.entities(texts));
    }

    /** Finds the answer to a question in a passage, however long the passage is. */
    public Answer answer(String question, String passage) {
        return answer(List.of(question), passage).get(0);
    }

    /** Finds the answers to questions on one passage, in their order. */
    public List<Answer> answer(List<String> questions, String passage) {
        return asking.with(Answerer::new, reader -> reader.answer(questions, passage));
    }

    @Override
    public String toString() {
        return recipe() + ", seed " + run.seed() + ", on " + study.backbone().name();
    }

    /** The study's test sentences with entities that this model got wrong, the worst first. */
    public WrongEntities wrongEntities() {
        return WrongEntities.of(study.data(), run);
    }
}
