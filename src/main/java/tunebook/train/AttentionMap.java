package tunebook.train;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tunebook.core.Attention;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;

/**
 * Where the rows of one text look: softmax(q·kᵀ / √(width/heads)) of each layer and head, or a mean
 * of them. At first the mean over all; {@link #layer} and {@link #head} choose. Immutable.
 *
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, §3.2</a>
 */
public final class AttentionMap {
    /** What a reader has to know. */
    public static final String NOTE =
            "Attention weights say where rows look. They are no explanation: other weights may give"
                    + " the same answer (Jain and Wallace 2019).";

    private static final int ALL = -1;

    private final String model;
    private final List<String> tokens;
    private final List<Attention> sites;
    private final Tensor queries;
    private final Tensor keys;
    private final int layer;
    private final int head;

    private AttentionMap(
            String model,
            List<String> tokens,
            List<Attention> sites,
            Tensor queries,
            Tensor keys,
            int layer,
            int head) {
        this.model = model;
        this.tokens = tokens;
        this.sites = sites;
        this.queries = queries;
        this.keys = keys;
        this.layer = layer;
        this.head = head;
    }

    /**
     * The mean over all layers and heads.
     *
     * @param tokens of the text
     * @param sites one a layer, of equal width and as many heads
     * @param queries [rows, layers · width]; the last rows are the text's
     * @param keys [rows or more, layers · width]; the last rows are the text's
     */
    static AttentionMap of(
            String model, List<String> tokens, List<Attention> sites, Tensor queries, Tensor keys) {
        return new AttentionMap(
                model, List.copyOf(tokens), List.copyOf(sites), queries, keys, ALL, ALL);
    }

    /** What looks. */
    public String model() {
        return model;
    }

    /** How many layers there are. */
    public int layers() {
        return sites.size();
    }

    /** How many heads a layer has. */
    public int heads() {
        return sites.get(0).heads();
    }

    /**
     * One layer, the mean over its heads or the head that was chosen.
     *
     * @param layer from 0
     * @throws TunebookException if there is no such layer
     */
    public AttentionMap layer(int layer) {
        check("layer", layer, layers());
        return new AttentionMap(model, tokens, sites, queries, keys, layer, head);
    }

    /**
     * One head, of the layer that was chosen or the mean over all.
     *
     * @param head from 0
     * @throws TunebookException if there is no such head
     */
    public AttentionMap head(int head) {
        check("head", head, heads());
        return new AttentionMap(model, tokens, sites, queries, keys, layer, head);
    }

    private static void check(String what, int given, int count) {
        if (given >= 0 && given < count) return;
        throw new TunebookException(
                what + "(" + given + ")",
                "there are " + count + " of them",
                "give 0 … " + (count - 1));
    }

    /** What is shown, in a line. */
    public String title() {
        return "Attention of " + model + ", " + chosen();
    }

    private String chosen() {
        if (layer < 0 && head < 0) return "mean over all layers and heads";
        if (head < 0) return "layer " + layer + ", mean over its heads";
        return layer < 0
                ? "head " + head + ", mean over all layers"
                : "layer " + layer + ", head " + head;
    }

    /** The text's tokens: who looks. */
    public List<String> tokens() {
        return tokens;
    }

    /** What is looked at: virtual rows that the method put before the text, then its tokens. */
    public List<String> seen() {
        int virtual = keys.shape().size(0) - tokens.size();
        return Stream.concat(
                        IntStream.rangeClosed(1, virtual).mapToObj(i -> "virtual " + i),
                        tokens.stream())
                .toList();
    }

    /** Of each token, how much it looks at each of {@link #seen}; each row sums to 1. */
    public double[][] weights() {
        int[] layers = chosen(layer, layers());
        int[] heads = chosen(head, heads());
        double[][] mean = new double[tokens.size()][keys.shape().size(0)];
        float[] q = queries.floats();
        float[] k = keys.floats();
        for (int l : layers)
            for (int h : heads)
                for (int i = 0; i < mean.length; i++)
                    add(mean[i], 1.0 / (layers.length * heads.length), row(q, k, l, h, i));
        return mean;
    }

    private static int[] chosen(int one, int count) {
        return one < 0 ? IntStream.range(0, count).toArray() : new int[] {one};
    }

    private static void add(double[] sum, double share, double[] more) {
        for (int j = 0; j < sum.length; j++) sum[j] += share * more[j];
    }

    /** The weights of one token in one head. */
    private double[] row(float[] q, float[] k, int layer, int head, int token) {
        int wide = queries.shape().size(1);
        int size = wide / layers() / heads();
        int column = (layer * heads() + head) * size;
        int rows = keys.shape().size(0);
        int query = queries.shape().size(0) - tokens.size() + token;
        int end = sites.get(layer).causal() ? rows - tokens.size() + token + 1 : rows;
        double[] weights = new double[rows];
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < end; j++) {
            double product = 0;
            for (int c = column; c < column + size; c++)
                product += (double) q[query * wide + c] * k[j * wide + c];
            weights[j] = product / Math.sqrt(size);
            most = Math.max(most, weights[j]);
        }
        double sum = 0;
        for (int j = 0; j < end; j++) {
            weights[j] = Math.exp(weights[j] - most);
            sum += weights[j];
        }
        for (int j = 0; j < end; j++) weights[j] /= sum;
        return weights;
    }
}
