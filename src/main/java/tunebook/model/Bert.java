package tunebook.model;

import java.util.Optional;
import tunebook.core.Attention;
import tunebook.core.Embedding;
import tunebook.core.Input;
import tunebook.core.Linear;
import tunebook.core.Norm;
import tunebook.core.Ops;
import tunebook.core.Role;
import tunebook.core.Rows;
import tunebook.core.Weights;

/**
 * BERT and encoders of its build, with Hugging Face's names.
 *
 * @param blocks encoder layers
 * @param width of a row
 * @param heads of attention; divides the width
 * @param inner width inside the feed-forward part
 * @param vocabulary rows of the word table
 * @param positions most rows of a sequence
 * @param segments rows of the segment table; 0 where there is none
 * @param epsilon of the norms
 * @param dropout of rows while training
 * @param pooling which row a classifier reads
 * @param family whose names it has
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
        Pooling pooling,
        EncoderFamily family)
        implements Model {

    /** What a classifier reads of a sequence. */
    public enum Pooling {
        /** The first row, as BERT was published. */
        CLS,
        /**
         * The mean of all text rows: better where pre-training gave the first row nothing to do.
         */
        MEAN
    }

    /** BERT itself. */
    public Bert(
            int blocks,
            int width,
            int heads,
            int inner,
            int vocabulary,
            int positions,
            int segments,
            double epsilon,
            double dropout,
            Pooling pooling) {
        this(
                blocks,
                width,
                heads,
                inner,
                vocabulary,
                positions,
                segments,
                epsilon,
                dropout,
                pooling,
                EncoderFamily.BERT);
    }

    /** Checks the sizes. */
    public Bert {
        Sizes.check("BERT configuration", blocks, width, heads, positions);
    }

    @Override
    public Optional<TextInput> reads() {
        return Optional.of(
                new TextInput(positions, vocabulary, family.embeddings() + "word_embeddings"));
    }

    @Override
    public String architecture() {
        return family.architecture();
    }

    @Override
    public String configuration() {
        return EncoderConfiguration.write(this);
    }

    @Override
    public Bert still() {
        return new Bert(
                blocks,
                width,
                heads,
                inner,
                vocabulary,
                positions,
                segments,
                epsilon,
                0,
                pooling,
                family);
    }

    @Override
    public <T> T embed(Ops<T> ops) {
        String at = family.embeddings();
        T x = ops.embedding(table(), Input.TOKENS);
        Embedding places = Embedding.of(at + "position_embeddings", positions, width);
        x = ops.add(x, ops.embedding(places, Input.POSITIONS));
        if (segments > 0) {
            Embedding sides = Embedding.of(at + "token_type_embeddings", segments, width);
            x = ops.add(x, ops.embedding(sides, Input.SEGMENTS));
        }
        return ops.dropout(ops.layerNorm(x, norm(at + "LayerNorm")), dropout);
    }

    /** The word table. */
    Embedding table() {
        return Embedding.of(family.embeddings() + "word_embeddings", vocabulary, width);
    }

    @Override
    public <T> T block(Ops<T> ops, int i, T x) {
        return block(ops, i, x, x);
    }

    @Override
    public <T> T lastBlock(Ops<T> ops, T x, Rows read) {
        return block(ops, blocks - 1, ops.rows(x, read), x);
    }

    /** Block {@code i} at some rows, which see all rows of their sequences. */
    private <T> T block(Ops<T> ops, int i, T x, T all) {
        String at = family.block(i);
        T q = ops.linear(x, site(at, Role.QUERY, width, width));
        T k = ops.linear(all, site(at, Role.KEY, width, width));
        T v = ops.linear(all, site(at, Role.VALUE, width, width));
        T context = ops.attention(q, k, v, new Attention(at + family.attention, heads));
        T seen = ops.dropout(ops.linear(context, site(at, Role.OUTPUT, width, width)), dropout);
        T h = ops.layerNorm(ops.addInto(seen, x), norm(at + family.firstNorm));
        T up = ops.gelu(ops.linear(h, site(at, Role.UP, width, inner)));
        T down = ops.dropout(ops.linear(up, site(at, Role.DOWN, inner, width)), dropout);
        return ops.layerNorm(ops.addInto(down, h), norm(at + family.secondNorm));
    }

    private Linear site(String at, Role role, int in, int out) {
        return Linear.of(at + family.site(role), in, out).as(role);
    }

    @Override
    public int depth(String name) {
        if (name.startsWith(family.embeddings())) return 0;
        int block = family.block(name);
        return block < 0 ? blocks + 1 : block + 1;
    }

    @Override
    public Weights fromFile(Weights file) {
        return family.fromFile(file);
    }

    @Override
    public Weights toFile(Weights weights) {
        return family.toFile(weights);
    }

    @Override
    public Head classifier(int labels) {
        return EncoderHeads.classifier(this, labels);
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
        return EncoderHeads.language(this);
    }

    /** A norm of this width. */
    Norm norm(String name) {
        return Norm.of(name, width, epsilon);
    }
}
