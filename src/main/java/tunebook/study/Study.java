package tunebook.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import tunebook.control.Control;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.Example;
import tunebook.model.Backbone;
import tunebook.model.TextInput;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.task.Task;
import tunebook.train.Source;

/**
 * Recipes times seeds on one backbone and one data set. Immutable: every call gives a copy.
 *
 * @param question what the study is to answer
 * @param backbone pre-trained model
 * @param data examples and their labels
 * @param entrants what is compared
 * @param seeds how many, from 1
 * @param execution how and where it runs
 */
public record Study(
        String question,
        Backbone backbone,
        Dataset<?> data,
        Entrants entrants,
        int seeds,
        Execution execution) {
    /**
     * A study without backbone, data and recipes yet: five seeds, kept in {@code tunebook-runs.db}.
     */
    public static Study of(String question, IntFunction<Engine> engine) {
        return new Study(question, null, null, Entrants.NONE, 5, Execution.on(engine));
    }

    private Study with(Execution changed) {
        return new Study(question, backbone, data, entrants, seeds, changed);
    }

    private Study with(Entrants changed) {
        return new Study(question, backbone, data, changed, seeds, execution);
    }

    /** The pre-trained model. */
    public Study backbone(Backbone backbone) {
        return new Study(question, backbone, data, entrants, seeds, execution);
    }

    /** The examples. */
    public Study data(Dataset<?> data) {
        return new Study(question, backbone, data, entrants, seeds, execution);
    }

    /**
     * The ways to compare, at least one; each under a name of its own. Those that leave their
     * epochs or their batch as they are take the study's, if it has said any.
     */
    public Study recipes(Recipe... recipes) {
        return with(entrants.recipes(List.of(recipes)));
    }

    /** These recipes, none of their settings touched. */
    Study exactly(List<Recipe> recipes) {
        return with(entrants.exactly(recipes));
    }

    /**
     * What stands beside the recipes and has to be beaten: {@code majority()}, {@code
     * bagOfWords()}. {@code fromScratch()} and {@code shuffledWeights()} are recipes.
     */
    public Study controls(Control... controls) {
        return with(entrants.controls(List.of(controls)));
    }

    /**
     * What the backbone could do before: its loss on it is measured after each run, and stands
     * beside the other figures; {@link Result#forgetting()} says what was lost.
     *
     * @param source {@link Tuned#source()} of an earlier study, whose merged backbone this one
     *     tunes, or {@link Source#texts}
     */
    public Study source(Source source) {
        return with(entrants.source(source));
    }

    /** The same with texts like those that the backbone learned from. */
    public Study source(List<String> texts) {
        return source(Source.texts(texts));
    }

    Optional<Source> source() {
        return entrants.source();
    }

    /** What is measured of each run, the task's first metric first. */
    List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>(Task.of(data).metrics());
        if (source().isPresent()) metrics.add(Metric.SOURCE_LOSS);
        return metrics;
    }

    /**
     * What the verdict, the pairs, the charts' {@code score()} and {@link Result#best()} go by, of
     * what is measured for the data's task; otherwise the first of it. Choose before you see
     * results. Validation, and with it early stopping, searches and which seed's model is kept, go
     * by the task's first metric all the same, so that kept runs stay what they are.
     */
    public Study metric(Metric metric) {
        return with(entrants.metric(metric));
    }

    /**
     * The same by the name that tables have for it: {@code "macro-F1"}.
     *
     * @throws TunebookException if there is none of this name, or the data, where the study has
     *     them, do not measure it
     */
    public Study metric(String words) {
        return metric(ChosenMetric.of(words, data == null ? List.of(Metric.values()) : metrics()));
    }

    /** The ways to compare. */
    public List<Recipe> recipes() {
        return entrants.recipes();
    }

    /** How many seeds each recipe runs with: 1, 2, 3 … */
    public Study seeds(int count) {
        if (count < 1)
            throw new TunebookException(
                    "seeds(" + count + ")", "is below 1", "give 1 or more, better 5");
        return new Study(question, backbone, data, entrants, count, execution);
    }

    /**
     * Most tokens of a text; longer ones are cut, counted and reported. Of running text the length
     * of a window.
     */
    public Study limit(int tokens) {
        if (tokens < 3)
            throw new TunebookException(
                    "limit(" + tokens + ")", "leaves no text", "give 3 or more");
        return with(execution.limit(tokens));
    }

    /** Most passes over the training examples, for every recipe, also for those set later. */
    public Study epochs(int epochs) {
        return with(entrants.epochs(epochs));
    }

    /** Examples a step, for every recipe, also for those set later. */
    public Study batchSize(int size) {
        return with(entrants.batchSize(size));
    }

    /**
     * Runs side by side; each has the processors divided by this many. Results do not depend on it.
     */
    public Study workers(int count) {
        if (count < 1)
            throw new TunebookException("workers(" + count + ")", "is below 1", "give 1 or more");
        return with(execution.workers(count));
    }

    /**
     * What it computes on, as {@code gpu()} says; otherwise the CPU.
     *
     * @param engine makes an engine with so many threads
     */
    public Study on(IntFunction<Engine> engine) {
        return with(execution.engine(engine));
    }

    /**
     * Where its runs are executed, as {@code spark("spark://host:7077")} says; otherwise here. The
     * store stays here, and everything but the runs.
     */
    public Study on(Cluster cluster) {
        return with(execution.cluster(cluster));
    }

    /** The file in which finished runs are kept and found again. */
    public Study store(Path file) {
        return with(execution.store(file));
    }

    /** Who watches. */
    public Study observer(Observer observer) {
        return with(execution.observer(observer));
    }

    /**
     * Runs what has not been run before, and compares.
     *
     * @throws TunebookException if something is missing or does not fit; nothing has been run then
     */
    public Result run() {
        StudyCheck.of(this);
        return new Running(this).run();
    }

    /**
     * Runs everything anew and holds it beside a certificate; nothing that was kept is taken, and
     * nothing of it is kept.
     *
     * @param certificate that {@link Result#certificate} wrote
     * @throws TunebookException if it is no certificate, or about other data, weights or recipes;
     *     nothing has been run then
     */
    public Replay replay(Path certificate) {
        return Replay.of(this, certificate);
    }

    /**
     * What it will cost, before it runs: counted from sizes, and some steps of each recipe tried
     * out and thrown away. Nothing is kept.
     *
     * @throws TunebookException if something is missing or does not fit
     */
    public Forecast plan() {
        StudyCheck.of(this);
        return Forecast.of(this);
    }

    /**
     * Searches each recipe's learning rate, and what else the recipe {@link Recipe#tries}, with the
     * same budget for all; {@link Search#study()} then has what did best, chosen on validation
     * examples. What was run is found again by the study.
     */
    public Search search(Halving budget) {
        StudyCheck.of(this);
        return Search.of(this, budget);
    }

    /** Seven rates around each recipe's own, the better halves with more epochs. */
    public Search search() {
        return search(Halving.USUAL);
    }

    /**
     * Tries each recipe at multiples of its own learning rate, each to the end.
     *
     * @param seeds runs at each rate
     * @param factors on each recipe's rate, for example 0.1, 0.3, 1, 3, 10
     */
    public Search searchRates(int seeds, double... factors) {
        return search(Halving.grid(seeds, factors));
    }

    /**
     * Runs with so many examples to learn from, each seed with a sample of its own.
     *
     * @param examples one size or more
     * @throws TunebookException if a size is below the number of labels or above what there is
     */
    public SizeCurve sizes(int... examples) {
        StudyCheck.of(this);
        return SizeCurve.of(this, examples);
    }

    /**
     * A learning-rate range test of each recipe: at least a hundred steps with a rate that grows.
     * Nothing that it touches stays changed; where to search is what it says, not what is best.
     */
    public RangeTests lrFind() {
        StudyCheck.of(this);
        return RangeTests.of(this, 100);
    }

    /**
     * Proposes how many blocks to tune, from a sweep with one seed, on validation examples; epochs
     * and batch are those of the first recipe, if there is one.
     */
    public Advisor advisor() {
        return Advisor.of(this);
    }

    @Override
    public String toString() {
        return String.format(
                "Study \"%s\": %s, %s, %s × %s",
                question,
                backbone == null ? "no backbone" : backbone.name(),
                data == null ? "no data" : data.name(),
                Figures.count(recipes().size(), "recipe"),
                Figures.count(seeds, "seed"));
    }

    /** Most rows of a sequence; of pictures without bound. */
    int positions() {
        return backbone.model().reads().map(TextInput::positions).orElse(Integer.MAX_VALUE);
    }

    /** Most tokens of a text, virtual ones not counted. */
    int tokens() {
        return execution.limit() == 0 ? positions() : execution.limit();
    }

    /** Most tokens of a text that every recipe has positions for. */
    int textTokens() {
        return Math.min(tokens(), room());
    }

    /** Positions that the virtual tokens of every recipe leave. */
    int room() {
        return positions()
                - recipes().stream().mapToInt(r -> r.method().positions()).max().orElse(0);
    }

    /** What each test example shows, by its id. */
    Map<String, String> testContents() {
        Map<String, String> contents = new HashMap<>();
        for (Example example : data.test()) contents.put(example.id(), example.content());
        return contents;
    }
}
