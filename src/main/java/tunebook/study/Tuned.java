package tunebook.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tunebook.adapter.Merged;
import tunebook.adapter.ModelFolder;
import tunebook.adapter.PeftFolder;
import tunebook.core.Engine;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.task.Part;
import tunebook.task.Task;
import tunebook.train.Classifier;
import tunebook.train.Generator;
import tunebook.train.Prediction;
import tunebook.train.Samples;
import tunebook.train.Sampling;
import tunebook.train.Source;
import tunebook.train.SourceTask;

/** A model that a study tuned, ready to predict. */
public final class Tuned extends Answering {
    private final Result result;
    private final Study study;
    private final RunResult run;
    private final Adapter adapter;
    private final Engine engine;

    private Tuned(Result result, RunResult run, Asking asking) {
        super(asking);
        this.result = result;
        this.study = result.study();
        this.run = run;
        this.adapter = asking.adapter();
        this.engine = asking.engine();
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
     * @throws tunebook.core.TunebookException if PEFT has no format for the method: {@link
     *     #saveModel} writes the whole model
     */
    public void save(Path folder) {
        PeftFolder.write(folder, adapter, study.backbone());
    }

    /**
     * Writes the whole model with its head, what was learned folded in, in the layout of Hugging
     * Face's transformers: {@code model(folder)} opens it, and answers to the bit as the merged
     * model does.
     *
     * @throws tunebook.core.TunebookException if the method's change fits no weights, or the
     *     backbone came from DL4J: {@code saveDl4j(tuned, zip)} writes that
     */
    public void saveModel(Path folder) {
        ModelFolder.write(folder, engine, adapter, study.backbone(), asking().limit());
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

    /** The study's test examples with this model's predictions, in the order of the data. */
    public List<Answered> answered() {
        Part test = test();
        List<Prediction> predictions =
                asking().with(Classifier::new, reader -> reader.answers(test.batches()));
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

    @Override
    public String toString() {
        return recipe() + ", seed " + run.seed() + ", on " + study.backbone().name();
    }

    /** The study's test sentences with entities that this model got wrong, the worst first. */
    public WrongEntities wrongEntities() {
        return WrongEntities.of(study.data(), run);
    }
}
