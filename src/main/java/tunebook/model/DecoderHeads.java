package tunebook.model;

import java.util.Optional;
import tunebook.core.Init;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Role;
import tunebook.core.Rows;
import tunebook.model.Gpt2.Layout;

/** The heads that Hugging Face puts on GPT-2, each after the last norm. */
final class DecoderHeads {
    private static final String LAST_NORM = "transformer.ln_f";

    private DecoderHeads() {}

    /** Reads the last row of a sequence, which has seen all others. */
    static Head classifier(Gpt2 model, int labels) {
        return new Head() {
            @Override
            public String last() {
                return "score";
            }

            @Override
            public Optional<Rows> reads() {
                return Optional.of(Rows.LAST);
            }

            @Override
            public <T> T logits(Ops<T> ops, T x) {
                T row = ops.layerNorm(x, model.norm(LAST_NORM));
                return ops.linear(row, Linear.of("score", model.width(), labels, Init.NORMAL));
            }
        };
    }

    /** What heads of every row read. */
    static RowHead.Before read(Gpt2 model) {
        return new RowHead.Before() {
            @Override
            public <T> T of(Ops<T> ops, T x) {
                return ops.dropout(ops.layerNorm(x, model.norm(LAST_NORM)), model.dropout());
            }
        };
    }

    /** Predicts tokens through the word table, or a weight of its own. */
    static Head language(Gpt2 model) {
        return new Head() {
            @Override
            public String last() {
                return "lm_head";
            }

            @Override
            public boolean pretrained() {
                return true;
            }

            @Override
            public <T> T logits(Ops<T> ops, T x) {
                T row = ops.layerNorm(ops.rows(x, Rows.PREDICTED), model.norm(LAST_NORM));
                Linear own = Linear.of("lm_head", model.width(), model.vocabulary(), Init.NORMAL);
                boolean tied = model.layout() == Layout.CONV1D_TIED;
                return ops.linear(
                        row,
                        tied
                                ? new Linear("lm_head", model.table().weight(), null, Role.OTHER)
                                : own);
            }
        };
    }
}
