package tunebook;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tech.tablesaw.api.Table;
import tunebook.adapter.Adapters;
import tunebook.adapter.Merged;
import tunebook.adapter.ModelFolder;
import tunebook.adapter.PeftFolder;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Scale;
import tunebook.data.Augmentation;
import tunebook.data.Dataset;
import tunebook.dl4j.Dl4jFile;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.notebook.IJava;
import tunebook.recipe.Adapter;
import tunebook.recipe.LoraMix;
import tunebook.recipe.Plan;
import tunebook.recipe.Recipe;
import tunebook.spark.SparkCluster;
import tunebook.study.DomainGap;
import tunebook.study.LengthTable;
import tunebook.study.PlanTable;
import tunebook.study.ProbeTables;
import tunebook.study.SavedModel;
import tunebook.study.Study;
import tunebook.task.Task;
import tunebook.train.AttentionMap;
import tunebook.train.AttentionReader;
import tunebook.train.Generator;
import tunebook.train.LanguageModel;
import tunebook.train.Sampling;

/**
 * The words of a study, for {@code import static tunebook.Tunebook.*}.
 *
 * <pre>{@code
 * var study = study("How should I tune for clinic reviews?")
 *     .backbone(pretrained("tiny-english"))
 *     .data(table("datasets/clinic-reviews.csv").text("review").label("mood").split(0.7, 0.15, 0.15))
 *     .recipes(fromScratch(), featureExtraction(), partial().last(1), full(), lora(8), promptTuning(20))
 *     .seeds(5);
 * var result = study.run();
 * }</pre>
 *
 * <p>Words for models, data and recipes stand in classes of their own above this one, so that one
 * import brings all.
 */
public final class Tunebook extends ViewWords {
    private Tunebook() {}

    /**
     * A study without backbone, data and recipes yet; it shows its progress in the notebook, if
     * there is one.
     */
    public static Study study(String question) {
        return Study.of(question, Nd4jEngine::new).observer(new NotebookObserver());
    }

    /**
     * The first NVIDIA card, for {@code study.on(gpu())} or {@code study.on(gpu().bfloat16())};
     * where there is none that libtorch can use, the CPU, and a line that says so.
     */
    public static Gpu gpu() {
        return Gpu.first();
    }

    /**
     * Machines with Apache Spark, for {@code study.on(spark("spark://host:7077"))}: each run is a
     * task there. {@code spark("local[2]")} is two tasks at once on this one.
     *
     * @throws tunebook.core.TunebookException if Spark is not on the class path; says how it gets
     *     there
     */
    public static SparkCluster spark(String master) {
        return SparkCluster.of(master);
    }

    /**
     * What a recipe would teach on a backbone, where its adapters would sit and how many parameters
     * that is, before anything runs; with a head for two classes.
     */
    public static Table describe(Recipe recipe, Backbone backbone) {
        return PlanTable.of(Plan.of(recipe, backbone.outline(), backbone.model().classifier(2)));
    }

    /**
     * The same with the head that a data set asks for; it says, too, where augmentation leaves
     * nothing to be cached.
     */
    public static Table describe(Recipe recipe, Backbone backbone, Dataset<?> data) {
        Plan plan = Plan.of(recipe, backbone.outline(), Task.of(data).over(backbone));
        return PlanTable.of(plan, !data.augmentation().equals(Augmentation.NONE));
    }

    /** How many rows a data set's examples make for a backbone, and what is cut off. */
    public static Table describe(Dataset<?> data, Backbone backbone) {
        return LengthTable.of(data, backbone);
    }

    /**
     * An adapter that PEFT or {@code Tuned.save} wrote, for the backbone that it was learned on.
     */
    public static Adapter adapter(String folder, Backbone backbone) {
        return PeftFolder.read(Path.of(folder), backbone);
    }

    /**
     * A model that {@code tuned.saveModel(folder)}, {@code saveDl4j(tuned, zip)} or Hugging Face's
     * transformers saved with its head: ready to predict, on the CPU if nothing else is said.
     *
     * @throws tunebook.core.TunebookException if it is none, or has no head that answers a task
     */
    public static SavedModel model(String folderOrZip) {
        Path path = Path.of(folderOrZip);
        if (Files.isRegularFile(path)) {
            Dl4jFile.Opened opened = Dl4jFile.open(path);
            Backbone backbone = opened.backbone();
            Adapter head =
                    Merged.head(
                            opened.name(),
                            backbone,
                            HeadKind.CLASSIFIER,
                            opened.labels(),
                            Scale.NONE);
            return SavedModel.of(cpu(), backbone, head, Integer.MAX_VALUE);
        }
        ModelFolder.Opened opened = ModelFolder.read(path);
        return SavedModel.of(cpu(), opened.backbone(), opened.head(), opened.limit());
    }

    /**
     * What an encoder takes to stand at a text's first {@code [MASK]}, the most probable first;
     * before any tuning.
     */
    public static Table fillMask(Backbone encoder, String text) {
        return ProbeTables.masked(cpu(), encoder, text);
    }

    /** The tokens that a backbone of texts has the most like vectors for, by cosine. */
    public static Table nearestWords(Backbone backbone, String word) {
        return ProbeTables.nearest(cpu(), backbone, word);
    }

    /**
     * How well a backbone tells a data set's classes apart as it is: the share of test examples
     * whose mean row of the last block is nearest to the mean of their own class, 0 … 1.
     */
    public static double separation(Backbone backbone, Dataset<?> data) {
        return ProbeTables.separation(cpu(), backbone, data);
    }

    /**
     * How far a data set is from what a backbone knows, before any tuning: tokens a word, tokens
     * that its vocabulary has not, loss on the texts beside that of counting alone, classes told
     * apart beside the untrained network. Where the data's column is no better than the last one,
     * pre-training has little to give.
     */
    public static Table domainGap(Backbone backbone, Dataset<?> data) {
        return DomainGap.of(cpu(), backbone, data, List.of());
    }

    /** The same beside texts like those that the backbone learned from. */
    public static Table domainGap(Backbone backbone, Dataset<?> data, List<String> own) {
        return DomainGap.of(cpu(), backbone, data, own);
    }

    /**
     * Where the rows of a text look in a backbone, before any tuning: the mean over all layers and
     * heads, of which {@link AttentionMap#layer} and {@link AttentionMap#head} choose. An image of
     * the weights, no explanation of an answer. Of a tuned model: {@code tuned.attention(text)}.
     *
     * @throws tunebook.core.TunebookException if the backbone has no attention, or the text more
     *     tokens than positions
     */
    public static AttentionMap attention(Backbone backbone, String text) {
        // blocks alone are computed, so that any head will do
        return attention(backbone, Adapter.none(backbone, HeadKind.SPANS), text);
    }

    /** The same with an adapter over the backbone. */
    public static AttentionMap attention(Backbone backbone, Adapter adapter, String text) {
        Engine engine = cpu();
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT)) {
            return new AttentionReader(engine, held, backbone, adapter, Integer.MAX_VALUE)
                    .read(text);
        }
    }

    private static Engine cpu() {
        return new Nd4jEngine(Runtime.getRuntime().availableProcessors());
    }

    /** Continues texts with a decoder, token by token. */
    public static Generator generator(Backbone decoder) {
        return new Generator(cpu(), decoder);
    }

    /** The same with an adapter over the decoder. */
    public static Generator generator(Backbone decoder, Adapter adapter) {
        return new Generator(cpu(), decoder, adapter);
    }

    /**
     * Among how many equally probable tokens a decoder has to guess in a text: e to the power of
     * the mean of −log probability of each token but the first. Perplexities compare only where
     * tokens are the same.
     */
    public static double perplexity(Backbone decoder, String text) {
        return perplexity(decoder, Adapter.none(decoder, HeadKind.LANGUAGE), text);
    }

    /** The same with an adapter over the decoder. */
    public static double perplexity(Backbone decoder, Adapter adapter, String text) {
        Engine engine = cpu();
        try (Engine.Held held = engine.hold(decoder.weights(), Precision.FLOAT)) {
            return new LanguageModel(engine, held, decoder, adapter, Integer.MAX_VALUE)
                    .perplexity(text);
        }
    }

    /** Always the most probable token. */
    public static Sampling greedy() {
        return Sampling.GREEDY;
    }

    /** Draws the next token, the bolder the higher the temperature. */
    public static Sampling sampled(double temperature) {
        return Sampling.temperature(temperature);
    }

    /** Several adapters on one backbone, whose weights are loaded once. */
    public static Adapters adapters(Backbone backbone) {
        return new Adapters(cpu(), backbone);
    }

    /** LoRA adapters added up, each with its weight; the heads' weighted mean is the head. */
    public static Adapter mix(String name, List<Adapter> adapters, double... weights) {
        return LoraMix.of(name, adapters, weights);
    }

    /**
     * In stock IJava, once after the jars were added: registers how Tunebook's values are shown,
     * and live progress.
     */
    public static void init() {
        Views.register(IJava.init());
    }
}
