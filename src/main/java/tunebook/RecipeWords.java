package tunebook;

import tunebook.control.BagOfWords;
import tunebook.control.Majority;
import tunebook.recipe.BitFit;
import tunebook.recipe.Bottleneck;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.FromScratch;
import tunebook.recipe.Full;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.LpFt;
import tunebook.recipe.NormTuning;
import tunebook.recipe.PTuning;
import tunebook.recipe.Partial;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.ShuffledWeights;
import tunebook.recipe.Ulmfit;

/** The words for ways to fine-tune. */
public abstract sealed class RecipeWords extends DataWords permits ChartWords {
    RecipeWords() {}

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

    /** The control without a backbone: always the most frequent class. */
    public static Majority majority() {
        return new Majority();
    }

    /**
     * The control without a backbone: logistic regression on the words and pairs of words of a
     * text, weighted by TF-IDF.
     */
    public static BagOfWords bagOfWords() {
        return new BagOfWords();
    }

    /**
     * The control: full fine-tuning from the backbone's numbers in a random order. Where it does as
     * well as {@link #full}, what the backbone learned was of no use.
     */
    public static ShuffledWeights shuffledWeights() {
        return new ShuffledWeights();
    }
}
