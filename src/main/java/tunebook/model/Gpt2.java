package tunebook.model;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tunebook.core.Attention;
import tunebook.core.Embedding;
import tunebook.core.Init;
import tunebook.core.Input;
import tunebook.core.Linear;
import tunebook.core.Norm;
import tunebook.core.Ops;
import tunebook.core.Role;
import tunebook.core.Rows;
import tunebook.core.Tensor;
import tunebook.core.Weights;

/**
 * GPT-2, with Hugging Face's names, and minGPT, which has the same.
 *
 * @param blocks decoder layers
 * @param width of a row
 * @param heads of attention; divides the width
 * @param vocabulary rows of the word table
 * @param positions most rows of a sequence
 * @param epsilon of the norms
 * @param dropout of rows while training
 * @param layout how files keep the weights
 * @see <a
 *     href="https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf">Radford
 *     et al. 2019</a>
 */
public record Gpt2(
        int blocks,
        int width,
        int heads,
        int vocabulary,
        int positions,
        double epsilon,
        double dropout,
        Layout layout)
        implements Model {
    private static final String WORDS = "transformer.wte";
    private static final Pattern LAYER = Pattern.compile("transformer\\.h\\.(\\d+)\\..*");
    private static final Pattern TURNED =
            Pattern.compile(
                    "(.*\\.)?h\\.\\d+\\.(attn\\.c_attn|attn\\.c_proj|mlp\\.c_fc|mlp\\.c_proj)\\.weight");

    /** How files keep the weights. */
    public enum Layout {
        /** Products [in, out], the last one the word table: GPT-2. */
        CONV1D_TIED,
        /** Products [out, in], the last one with a weight of its own: minGPT. */
        LINEAR
    }

    /** Checks the sizes. */
    public Gpt2 {
        Sizes.check("GPT-2 configuration", blocks, width, heads, positions);
    }

    @Override
    public Optional<TextInput> reads() {
        return Optional.of(new TextInput(positions, vocabulary, WORDS));
    }

    @Override
    public boolean causal() {
        return true;
    }

    @Override
    public String architecture() {
        return layout == Layout.CONV1D_TIED ? "GPT2" : "GPT";
    }

    @Override
    public String configuration() {
        boolean original = layout == Layout.CONV1D_TIED;
        JsonObject config = new JsonObject();
        config.addProperty("model_type", original ? "gpt2" : "gpt");
        config.addProperty("vocab_size", vocabulary);
        config.addProperty("n_embd", width);
        config.addProperty("n_layer", blocks);
        config.addProperty("n_head", heads);
        config.addProperty(original ? "n_positions" : "block_size", positions);
        config.addProperty("activation_function", "gelu_new");
        config.addProperty("layer_norm_epsilon", epsilon);
        config.addProperty("resid_pdrop", dropout);
        return config + "\n";
    }

    @Override
    public Gpt2 still() {
        return new Gpt2(blocks, width, heads, vocabulary, positions, epsilon, 0, layout);
    }

    @Override
    public <T> T embed(Ops<T> ops) {
        T words = ops.embedding(table(), Input.TOKENS);
        T places =
                ops.embedding(Embedding.of("transformer.wpe", positions, width), Input.POSITIONS);
        return ops.dropout(ops.add(words, places), dropout);
    }

    /** The word table. */
    Embedding table() {
        return Embedding.of(WORDS, vocabulary, width);
    }

    @Override
    public <T> T block(Ops<T> ops, int i, T x) {
        return block(ops, i, x, Optional.empty());
    }

    /** The last of them may have no more than its keys: it sees all rows of its sequence. */
    @Override
    public <T> T lastBlock(Ops<T> ops, T x, Rows read) {
        return read == Rows.LAST
                ? block(ops, blocks - 1, x, Optional.of(read))
                : ops.rows(block(ops, blocks - 1, x), read);
    }

    private static <T> T some(Ops<T> ops, T x, Optional<Rows> read) {
        return read.isPresent() ? ops.rows(x, read.get()) : x;
    }

    private <T> T block(Ops<T> ops, int i, T x, Optional<Rows> read) {
        String at = "transformer.h." + i + ".";
        T seen = ops.layerNorm(x, norm(at + "ln_1"));
        Linear three = Linear.of(at + "attn.c_attn", width, 3 * width).as(Role.QUERY_KEY_VALUE);
        T all = ops.linear(seen, three);
        T context =
                ops.attention(
                        some(ops, ops.columns(all, 0, width), read),
                        ops.columns(all, width, width),
                        ops.columns(all, 2 * width, width),
                        new Attention(at + "attn", heads, true));
        Linear mix = residual(at + "attn.c_proj", width).as(Role.OUTPUT);
        T h = ops.addInto(ops.dropout(ops.linear(context, mix), dropout), some(ops, x, read));
        Linear up = Linear.of(at + "mlp.c_fc", width, 4 * width).as(Role.UP);
        T wide = ops.geluTanh(ops.linear(ops.layerNorm(h, norm(at + "ln_2")), up));
        Linear down = residual(at + "mlp.c_proj", 4 * width).as(Role.DOWN);
        return ops.addInto(ops.dropout(ops.linear(wide, down), dropout), h);
    }

    /**
     * What adds to the residual stream starts smaller, the more blocks add. Radford et al., §2.3.
     */
    private Linear residual(String name, int in) {
        return Linear.of(name, in, width).from(Init.normal(0.02 / Math.sqrt(2 * blocks)));
    }

    @Override
    public int depth(String name) {
        if (name.startsWith("transformer.w")) return 0;
        Matcher layer = LAYER.matcher(name);
        return layer.matches() ? Integer.parseInt(layer.group(1)) + 1 : blocks + 1;
    }

    @Override
    public Head classifier(int labels) {
        return DecoderHeads.classifier(this, labels);
    }

    @Override
    public Head tokenClassifier(int labels) {
        return RowHead.tokens(DecoderHeads.read(this), width, labels);
    }

    @Override
    public Head spans() {
        return RowHead.spans(DecoderHeads.read(this), width);
    }

    @Override
    public Head languageHead() {
        return DecoderHeads.language(this);
    }

    /** Names as in the model, and every product [out, in]. */
    @Override
    public Weights fromFile(Weights file) {
        Map<String, Tensor> weights = new TreeMap<>();
        for (String name : file.names()) {
            boolean bare = name.matches("(wte|wpe|h|ln_f)\\..*");
            weights.put(bare ? "transformer." + name : name, turned(name, file.get(name)));
        }
        return Weights.of(weights);
    }

    /** Turned again, which is how they were. */
    @Override
    public Weights toFile(Weights weights) {
        return fromFile(weights);
    }

    @Override
    public boolean filesTurned() {
        return layout == Layout.CONV1D_TIED;
    }

    private Tensor turned(String name, Tensor tensor) {
        boolean turned = filesTurned() && TURNED.matcher(name).matches();
        return turned && tensor.shape().rank() == 2 ? tensor.turned() : tensor;
    }

    /** A norm of this width. */
    Norm norm(String name) {
        return Norm.of(name, width, epsilon);
    }
}
