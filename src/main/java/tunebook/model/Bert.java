package tunebook.model;

import com.google.gson.JsonObject;
import java.util.Locale;
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
import tunebook.core.Shape;
import tunebook.core.TunebookException;
import tunebook.core.Weight;

/**
 * BERT, with Hugging Face's names.
 *
 * @param blocks encoder layers
 * @param width of a row
 * @param heads of attention; divides the width
 * @param inner width inside the feed-forward part
 * @param vocabulary rows of the word table
 * @param positions most rows of a sequence
 * @param segments rows of the segment table
 * @param epsilon of the norms
 * @param dropout of rows while training
 * @param pooling which row a classifier reads
 * @see <a href="https://arxiv.org/abs/1810.04805">Devlin et al. 2019</a>
 */
public record Bert(
        int blocks,
        int width,
        int heads,
        int inner,
        int vocabulary,
        int positions,
        int segments,
        double epsilon,
        double dropout,
        Pooling pooling)
        implements Model {
    private static final Pattern LAYER = Pattern.compile("bert\\.encoder\\.layer\\.(\\d+)\\..*");
    private static final String EMBEDDINGS = "bert.embeddings.";

    /** What a classifier reads of a sequence. */
    public enum Pooling {
        /** The first row, as BERT was published. */
        CLS,
        /**
         * The mean of all text rows: better where pre-training gave the first row nothing to do.
         */
        MEAN
    }

    /** Checks the sizes. */
    public Bert {
        if (blocks < 1 || width < 1 || heads < 1 || width % heads != 0 || positions < 1) {
            throw new TunebookException(
                    "BERT configuration",
                    blocks
                            + " layers, width "
                            + width
                            + ", "
                            + heads
                            + " heads, "
                            + positions
                            + " positions",
                    "give at least one of each, and a number of heads that divides the width");
        }
    }

    @Override
    public String words() {
        return EMBEDDINGS + "word_embeddings";
    }

    /** As Hugging Face writes it; {@code classifier_pooling} as ModernBERT does. */
    @Override
    public String configuration() {
        JsonObject config = new JsonObject();
        config.addProperty("model_type", "bert");
        config.addProperty("vocab_size", vocabulary);
        config.addProperty("hidden_size", width);
        config.addProperty("num_hidden_layers", blocks);
        config.addProperty("num_attention_heads", heads);
        config.addProperty("intermediate_size", inner);
        config.addProperty("max_position_embeddings", positions);
        config.addProperty("type_vocab_size", segments);
        config.addProperty("hidden_act", "gelu");
        config.addProperty("layer_norm_eps", epsilon);
        config.addProperty("hidden_dropout_prob", dropout);
        config.addProperty("classifier_pooling", pooling.name().toLowerCase(Locale.ROOT));
        return config + "\n";
    }

    @Override
    public Bert still() {
        return new Bert(
                blocks, width, heads, inner, vocabulary, positions, segments, epsilon, 0, pooling);
    }

    @Override
    public <T> T embed(Ops<T> ops) {
        T x = ops.embedding(Embedding.of(words(), vocabulary, width), Input.TOKENS);
        x =
                ops.add(
                        x,
                        ops.embedding(
                                Embedding.of(EMBEDDINGS + "position_embeddings", positions, width),
                                Input.POSITIONS));
        x =
                ops.add(
                        x,
                        ops.embedding(
                                Embedding.of(EMBEDDINGS + "token_type_embeddings", segments, width),
                                Input.SEGMENTS));
        return ops.dropout(ops.layerNorm(x, norm(EMBEDDINGS + "LayerNorm")), dropout);
    }

    @Override
    public <T> T block(Ops<T> ops, int i, T x) {
        String at = "bert.encoder.layer." + i + ".";
        T q = ops.linear(x, square(at + "attention.self.query").as(Role.QUERY));
        T k = ops.linear(x, square(at + "attention.self.key").as(Role.KEY));
        T v = ops.linear(x, square(at + "attention.self.value").as(Role.VALUE));
        T context = ops.attention(q, k, v, new Attention(at + "attention.self", heads));
        T seen =
                ops.dropout(
                        ops.linear(context, square(at + "attention.output.dense").as(Role.OUTPUT)),
                        dropout);
        T h = ops.layerNorm(ops.add(x, seen), norm(at + "attention.output.LayerNorm"));
        T up =
                ops.gelu(
                        ops.linear(
                                h, Linear.of(at + "intermediate.dense", width, inner).as(Role.UP)));
        T down =
                ops.dropout(
                        ops.linear(up, Linear.of(at + "output.dense", inner, width).as(Role.DOWN)),
                        dropout);
        return ops.layerNorm(ops.add(h, down), norm(at + "output.LayerNorm"));
    }

    @Override
    public int depth(String name) {
        if (name.startsWith(EMBEDDINGS)) return 0;
        Matcher layer = LAYER.matcher(name);
        return layer.matches() ? Integer.parseInt(layer.group(1)) + 1 : blocks + 1;
    }

    @Override
    public Head classifier(int labels) {
        return new Head() {
            @Override
            public String last() {
                return "classifier";
            }

            @Override
            public <T> T logits(Ops<T> ops, T x) {
                T row = pooling == Pooling.CLS ? ops.rows(x, Rows.FIRST) : ops.mean(x);
                T pooled =
                        ops.dropout(
                                ops.tanh(ops.linear(row, square("bert.pooler.dense"))), dropout);
                return ops.linear(pooled, Linear.of("classifier", width, labels));
            }
        };
    }

    @Override
    public Head tokenClassifier(int labels) {
        return RowHead.tokens(read(), width, labels);
    }

    @Override
    public Head spans() {
        return RowHead.spans(read(), width);
    }

    private RowHead.Before read() {
        return new RowHead.Before() {
            @Override
            public <T> T of(Ops<T> ops, T x) {
                return ops.dropout(x, dropout);
            }
        };
    }

    @Override
    public Head languageHead() {
        return new Head() {
            @Override
            public String last() {
                return "cls.predictions";
            }

            @Override
            public <T> T logits(Ops<T> ops, T x) {
                String at = "cls.predictions.";
                T h =
                        ops.gelu(
                                ops.linear(
                                        ops.rows(x, Rows.PREDICTED),
                                        square(at + "transform.dense")));
                h = ops.layerNorm(h, norm(at + "transform.LayerNorm"));
                Weight table = Embedding.of(words(), vocabulary, width).weight();
                Weight bias = new Weight(at + "bias", Shape.of(vocabulary), Init.ZEROS);
                return ops.linear(h, new Linear(at + "decoder", table, bias, Role.OTHER));
            }
        };
    }

    private Linear square(String name) {
        return Linear.of(name, width, width);
    }

    private Norm norm(String name) {
        return Norm.of(name, width, epsilon);
    }
}
