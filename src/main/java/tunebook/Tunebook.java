package tunebook;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import tech.tablesaw.api.Table;
import tunebook.adapter.Adapters;
import tunebook.adapter.PeftFolder;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.data.Augmentation;
import tunebook.data.Benchmarks;
import tunebook.data.Conll;
import tunebook.data.ConllParts;
import tunebook.data.Dataset;
import tunebook.data.Drawings;
import tunebook.data.Hub;
import tunebook.data.ImageExample;
import tunebook.data.Images;
import tunebook.data.LabelledLines;
import tunebook.data.Prose;
import tunebook.data.Squad;
import tunebook.data.TextTable;
import tunebook.dl4j.Dl4j;
import tunebook.dl4j.Dl4jFile;
import tunebook.dl4j.Keras;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.model.Model;
import tunebook.nd4j.Nd4jEngine;
import tunebook.notebook.IJava;
import tunebook.recipe.Adapter;
import tunebook.recipe.BitFit;
import tunebook.recipe.Bottleneck;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.FromScratch;
import tunebook.recipe.Full;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.LoraMix;
import tunebook.recipe.LpFt;
import tunebook.recipe.NormTuning;
import tunebook.recipe.PTuning;
import tunebook.recipe.Partial;
import tunebook.recipe.Plan;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.recipe.Ulmfit;
import tunebook.stats.Metric;
import tunebook.study.Comparison;
import tunebook.study.LengthTable;
import tunebook.study.PlanTable;
import tunebook.study.Study;
import tunebook.study.Tuned;
import tunebook.task.Task;
import tunebook.train.BackboneFolder;
import tunebook.train.Embedded;
import tunebook.train.Generator;
import tunebook.train.LanguageModel;
import tunebook.train.Sampling;
import tunebook.view.Against;
import tunebook.view.Charts;
import tunebook.view.Gallery;
import tunebook.view.Plot;

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
 */
public final class Tunebook {
    private Tunebook() {}

    /**
     * A study without backbone, data and recipes yet; it shows its progress in the notebook, if
     * there is one.
     */
    public static Study study(String question) {
        return Study.of(question, Nd4jEngine::new).observer(new NotebookObserver());
    }

    /**
     * An embedded backbone ({@code tiny-english}) by name, or by path a folder in Hugging Face's
     * layout or a file with the weights of a ResNet ({@code .safetensors}, {@code .pth}, {@code
     * .th}).
     */
    public static Backbone pretrained(String nameOrFolder) {
        return Embedded.read(nameOrFolder);
    }

    /**
     * An architecture with random weights, to train from scratch: {@code
     * untrained(ResNet.cifar(20))}.
     */
    public static Backbone untrained(Model model) {
        return Backbone.untrained("untrained " + model.getClass().getSimpleName(), model, 1);
    }

    /**
     * A backbone of the Hugging Face hub, {@code owner/name}: fetched once, checked and kept; see
     * {@link Hub#usual()} for the environment it heeds.
     */
    public static Backbone hub(String model) {
        return BackboneFolder.read(model, Hub.usual().folder(model));
    }

    /**
     * The folder of a data set of the Hugging Face hub, {@code owner/name}: its tables and texts,
     * fetched once, checked and kept; {@code table(hubData("owner/name") + "/train.csv")} reads one
     * of them.
     */
    public static Path hubData(String dataset) {
        return Hub.usual().dataFolder(dataset);
    }

    /** A DL4J graph with one input and one output; see {@link Dl4j} for what is served. */
    public static Backbone backbone(ComputationGraph network) {
        return Dl4j.backbone(network);
    }

    /** The same for images of a size, where its layers do not give that away. */
    public static Backbone backbone(ComputationGraph network, int height, int width, int channels) {
        return Dl4j.backbone(network, height, width, channels);
    }

    /** A DL4J network of layers; see {@link Dl4j} for what is served. */
    public static Backbone backbone(MultiLayerNetwork network) {
        return Dl4j.backbone(network);
    }

    /** The same for images of a size, where its layers do not give that away. */
    public static Backbone backbone(
            MultiLayerNetwork network, int height, int width, int channels) {
        return Dl4j.backbone(network, height, width, channels);
    }

    /** A network that DL4J saved in a zip file. No Java object in it is deserialized. */
    public static Backbone dl4j(String zip) {
        return Dl4jFile.read(Path.of(zip));
    }

    /** The same for images of a size, where its layers do not give that away. */
    public static Backbone dl4j(String zip, int height, int width, int channels) {
        return Dl4jFile.read(Path.of(zip), height, width, channels);
    }

    /** A Keras 2 model: what {@code model.to_json()} gave, and its weights. */
    public static Backbone keras(String json, String h5) {
        return Keras.read(Path.of(json), Path.of(h5));
    }

    /** A Keras 2 model in the one file that {@code model.save} wrote. */
    public static Backbone keras(String h5) {
        return Keras.read(Path.of(h5));
    }

    /**
     * The DL4J network that a backbone came from, with the backbone's weights: a {@link
     * MultiLayerNetwork} or a {@link ComputationGraph}, whichever it was.
     */
    public static NeuralNetwork toDl4j(Backbone backbone) {
        return Dl4j.network(backbone);
    }

    /**
     * The DL4J network that a study tuned: the same layers with the tuned weights, adapters folded
     * in.
     *
     * @throws tunebook.core.TunebookException if the method's change fits no weights, or the
     *     backbone is no DL4J network
     */
    public static NeuralNetwork toDl4j(Tuned tuned) {
        return Dl4j.network(tuned.merged().backbone());
    }

    /**
     * Rows of a {@code .csv} or {@code .tsv} file with a header line or of a {@code .jsonl} file;
     * next say which columns are the text and the label.
     */
    public static TextTable table(String file) {
        return TextTable.read(Path.of(file));
    }

    /** Rows of a table that is there already. */
    public static TextTable table(Table table) {
        return TextTable.of(table.name(), table);
    }

    /** Lines of the form {@code label text} in files that are split already. */
    public static LabelledLines lines(String train, String test) {
        return LabelledLines.of(Path.of(train), Path.of(test));
    }

    /** Sentences with entities in a CoNLL file: a word and its tag a line. */
    public static Conll entities(String file) {
        return Conll.of(Path.of(file));
    }

    /** Sentences with entities in CoNLL files that are split already. */
    public static ConllParts entities(String train, String validation, String test) {
        return ConllParts.of(Path.of(train), Path.of(validation), Path.of(test));
    }

    /**
     * Pictures in a folder, {@code .zip}, {@code .tar} or {@code .tar.gz} with a sub-folder for
     * each class; next {@code split(0.7, 0.15, 0.15)}, or {@code parts()} where there are folders
     * train and test.
     */
    public static Images images(String folderOrArchive) {
        return Images.of(Path.of(folderOrArchive));
    }

    /** Pictures and labels in IDX files, as MNIST has them. */
    public static Images images(String idxPictures, String idxLabels) {
        return Images.of(Path.of(idxPictures), Path.of(idxLabels));
    }

    /** Drawings of sixteen things in {@code pen} or {@code chalk}, made by a program. */
    public static Drawings drawings(String medium) {
        return Drawings.of(medium);
    }

    /** Training pictures mirrored at random: {@code data.augmented(flip().crop(4))}. */
    public static Augmentation flip() {
        return Augmentation.NONE.flip(true);
    }

    /** Training pictures moved at random by up to so many pixels. */
    public static Augmentation crop(int pixels) {
        return Augmentation.NONE.crop(pixels);
    }

    /** Training pictures recoloured at random, by up to this share. */
    public static Augmentation colour(double strength) {
        return Augmentation.NONE.colour(strength);
    }

    /** So many training pictures of a data set, of each class in turn. */
    public static Gallery gallery(Dataset<ImageExample> data, int pictures) {
        return Gallery.of(data, pictures);
    }

    /** Running text in a file, to model language with; next say how to split it. */
    public static Prose prose(String file) {
        return Prose.of(Path.of(file));
    }

    /**
     * Questions whose answers stand in a passage, from a file in the layout of SQuAD v1.1; next
     * {@code split(0.7, 0.15, 0.15)} or {@code parts(…)}.
     */
    public static Squad answers(String file) {
        return Squad.read(Path.of(file));
    }

    /**
     * Public data sets, from the folder named by {@code TUNEBOOK_DATA} or downloaded: {@code
     * benchmarks().sst2()}.
     */
    public static Benchmarks benchmarks() {
        return Benchmarks.usual();
    }

    /** Every weight learns. */
    public static Full full() {
        return new Full();
    }

    /** The backbone is frozen, the head learns. */
    public static FeatureExtraction featureExtraction() {
        return new FeatureExtraction();
    }

    /**
     * Some blocks learn: {@code last(k)}, {@code first(k)} or {@code on(glob)}; the last one if
     * nothing is said.
     */
    public static Partial partial() {
        return new Partial();
    }

    /** Low-rank adaptation of every linear site of the blocks, alpha twice the rank. */
    public static Lora lora(int rank) {
        return new Lora(rank);
    }

    /** LoRA with scale alpha/√rank. */
    public static Lora rsLora(int rank) {
        return lora(rank).form(LoraForm.PLAIN.stabilized(true));
    }

    /** LoRA that learns length and direction of each row apart. */
    public static Lora dora(int rank) {
        return lora(rank).form(LoraForm.PLAIN.decomposed(true));
    }

    /** LoRA that begins at the greatest singular values; alpha is the rank. */
    public static Lora pissa(int rank) {
        return lora(rank).alpha(rank).form(LoraForm.PLAIN.start(LoraForm.Start.PISSA));
    }

    /** LoRA that begins at the weight's QR; alpha is the rank. */
    public static Lora olora(int rank) {
        return lora(rank).alpha(rank).form(LoraForm.PLAIN.start(LoraForm.Start.OLORA));
    }

    /** LoRA whose B learns 16 times as fast as its A. */
    public static Lora loraPlus(int rank) {
        return lora(rank).form(LoraForm.PLAIN.ratio(16));
    }

    /** Learned factors on keys, values and inside the feed-forward part. */
    public static Ia3 ia3() {
        return new Ia3();
    }

    /** Biases learn. */
    public static BitFit bitFit() {
        return new BitFit();
    }

    /** Gains and biases of the norms learn. */
    public static NormTuning normTuning() {
        return new NormTuning();
    }

    /** Bottleneck adapters after attention and after the feed-forward part. */
    public static Bottleneck houlsby() {
        return new Bottleneck(Bottleneck.Form.HOULSBY);
    }

    /** Bottleneck adapters after the feed-forward part. */
    public static Bottleneck pfeiffer() {
        return new Bottleneck(Bottleneck.Form.PFEIFFER);
    }

    /** Bottleneck adapters beside the feed-forward part. */
    public static Bottleneck parallelAdapters() {
        return new Bottleneck(Bottleneck.Form.PARALLEL);
    }

    /** So many learned rows before each text. */
    public static PromptTuning promptTuning(int tokens) {
        return new PromptTuning(tokens);
    }

    /** So many rows before each text, out of a small network that learns. */
    public static PTuning pTuning(int tokens) {
        return new PTuning(tokens);
    }

    /** So many learned keys and values before each sequence in every block. */
    public static PrefixTuning prefixTuning(int tokens) {
        return new PrefixTuning(tokens);
    }

    /** The head learns alone for so many epochs, then everything. */
    public static LpFt lpft(int probing) {
        return new LpFt(probing);
    }

    /** Everything learns, from the top one block more each epoch, on a slanted triangle. */
    public static Ulmfit ulmfit() {
        return new Ulmfit();
    }

    /** The control: the same architecture from random weights. */
    public static FromScratch fromScratch() {
        return new FromScratch();
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

    /** Continues texts with a decoder, token by token. */
    public static Generator generator(Backbone decoder) {
        return new Generator(new Nd4jEngine(Runtime.getRuntime().availableProcessors()), decoder);
    }

    /** The same with an adapter over the decoder. */
    public static Generator generator(Backbone decoder, Adapter adapter) {
        Nd4jEngine engine = new Nd4jEngine(Runtime.getRuntime().availableProcessors());
        return new Generator(engine, decoder, adapter);
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
        Nd4jEngine engine = new Nd4jEngine(Runtime.getRuntime().availableProcessors());
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
        return new Adapters(new Nd4jEngine(Runtime.getRuntime().availableProcessors()), backbone);
    }

    /** LoRA adapters added up, each with its weight; the heads' weighted mean is the head. */
    public static Adapter mix(String name, List<Adapter> adapters, double... weights) {
        return LoraMix.of(name, adapters, weights);
    }

    /** Accuracy, to be held against something: {@code accuracy().against(seconds())}. */
    public static Score accuracy() {
        return metric(Metric.ACCURACY);
    }

    /** What a study compares recipes by: accuracy, entity F1, nats a token and so on. */
    public static Score score() {
        return new Score(Comparison::metric);
    }

    /** One of the metrics that a study's table has. */
    public static Score metric(Metric metric) {
        return new Score(comparison -> metric);
    }

    /** How many parameters learn. */
    public static Against trainableParameters() {
        return Against.TRAINABLE_PARAMETERS;
    }

    /** Seconds of a run. */
    public static Against seconds() {
        return Against.SECONDS;
    }

    /** Most memory of a run. */
    public static Against peakMemory() {
        return Against.PEAK_MEMORY;
    }

    /**
     * A metric of each recipe over the test examples with its 95% interval, a chart by itself or
     * against something.
     *
     * @param metric which one, of a comparison
     */
    public record Score(Function<Comparison, Metric> metric) implements Function<Comparison, Plot> {
        /** A point for each recipe. */
        public Function<Comparison, Plot> against(Against what) {
            return comparison -> Charts.against(comparison, metric.apply(comparison), what);
        }

        @Override
        public Plot apply(Comparison comparison) {
            return Charts.metric(comparison, metric.apply(comparison));
        }
    }

    /**
     * In stock IJava, once after the jars were added: registers how Tunebook's values are shown,
     * and live progress.
     */
    public static void init() {
        Views.register(IJava.init());
    }
}
