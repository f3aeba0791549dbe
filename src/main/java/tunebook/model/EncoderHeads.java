package tunebook.model;

import java.util.Optional;
import tunebook.core.Init;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Role;
import tunebook.core.Rows;
import tunebook.core.Shape;
import tunebook.core.Weight;

/** The heads that Hugging Face puts on each family of encoders. */
final class EncoderHeads {
    private EncoderHeads() {}

    /**
     * Reads one row of a sequence, or their mean: an inner product with an activation, then the
     * classes.
     */
    static Head classifier(Bert model, int labels) {
        EncoderFamily family = model.family();
        boolean roberta = family == EncoderFamily.ROBERTA;
        String inner =
                switch (family) {
                    case BERT -> "bert.pooler.dense";
                    case ROBERTA -> "classifier.dense";
                    case DISTILBERT -> "pre_classifier";
                };
        return new Head() {
            @Override
            public String last() {
                return roberta ? "classifier.out_proj" : "classifier";
            }

            @Override
            public Optional<Rows> reads() {
                return model.pooling() == Bert.Pooling.CLS
                        ? Optional.of(Rows.FIRST)
                        : Optional.empty();
            }

            @Override
            public <T> T logits(Ops<T> ops, T x) {
                T row = model.pooling() == Bert.Pooling.CLS ? x : ops.mean(x);
                T read = roberta ? ops.dropout(row, model.dropout()) : row;
                T inside = ops.linear(read, Linear.of(inner, model.width(), model.width()));
                T bent = family == EncoderFamily.DISTILBERT ? ops.relu(inside) : ops.tanh(inside);
                return ops.linear(
                        ops.dropout(bent, model.dropout()),
                        Linear.of(last(), model.width(), labels));
            }
        };
    }

    /** Predicts tokens through the word table. */
    static Head language(Bert model) {
        return switch (model.family()) {
            case BERT ->
                    language(
                            model,
                            "cls.predictions.transform.dense",
                            "cls.predictions.transform.LayerNorm",
                            "cls.predictions.bias");
            case ROBERTA -> language(model, "lm_head.dense", "lm_head.layer_norm", "lm_head.bias");
            case DISTILBERT ->
                    language(model, "vocab_transform", "vocab_layer_norm", "vocab_projector.bias");
        };
    }

    private static Head language(Bert model, String inner, String norm, String bias) {
        return new Head() {
            @Override
            public String last() {
                return bias.substring(0, bias.lastIndexOf('.'));
            }

            @Override
            public <T> T logits(Ops<T> ops, T x) {
                T row = ops.rows(x, Rows.PREDICTED);
                T bent = ops.gelu(ops.linear(row, Linear.of(inner, model.width(), model.width())));
                Weight last = new Weight(bias, Shape.of(model.vocabulary()), Init.ZEROS);
                return ops.linear(
                        ops.layerNorm(bent, model.norm(norm)),
                        new Linear(last() + ".decoder", model.table().weight(), last, Role.OTHER));
            }
        };
    }
}
