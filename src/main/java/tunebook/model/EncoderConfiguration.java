package tunebook.model;

import com.google.gson.JsonObject;
import java.util.Locale;

/** Encoders' {@code config.json}, with the fields of each family. */
final class EncoderConfiguration {
    private EncoderConfiguration() {}

    /** The names of the sizes; DistilBERT has its own. */
    private record Fields(
            String blocks,
            String width,
            String heads,
            String inner,
            String dropout,
            String activation) {
        static Fields of(EncoderFamily family) {
            return family == EncoderFamily.DISTILBERT
                    ? new Fields(
                            "n_layers", "dim", "n_heads", "hidden_dim", "dropout", "activation")
                    : new Fields(
                            "num_hidden_layers",
                            "hidden_size",
                            "num_attention_heads",
                            "intermediate_size",
                            "hidden_dropout_prob",
                            "hidden_act");
        }
    }

    static Bert read(Configurations.Reader config, EncoderFamily family) {
        Fields fields = Fields.of(family);
        config.activation(fields.activation(), "gelu");
        return new Bert(
                config.integer(fields.blocks()),
                config.integer(fields.width()),
                config.integer(fields.heads()),
                config.integer(fields.inner()),
                config.integer("vocab_size"),
                config.integer("max_position_embeddings") - family.unusedPositions(),
                family == EncoderFamily.DISTILBERT ? 0 : config.integer("type_vocab_size", 2),
                config.number("layer_norm_eps", 1e-12),
                config.number(fields.dropout(), 0.1),
                config.pooling("classifier_pooling"),
                family);
    }

    /** As Hugging Face writes it; {@code classifier_pooling} as ModernBERT does. */
    static String write(Bert model) {
        Fields fields = Fields.of(model.family());
        JsonObject config = new JsonObject();
        config.addProperty("model_type", model.family().id());
        config.addProperty("vocab_size", model.vocabulary());
        config.addProperty(fields.width(), model.width());
        config.addProperty(fields.blocks(), model.blocks());
        config.addProperty(fields.heads(), model.heads());
        config.addProperty(fields.inner(), model.inner());
        config.addProperty(
                "max_position_embeddings", model.positions() + model.family().unusedPositions());
        if (model.segments() > 0) config.addProperty("type_vocab_size", model.segments());
        config.addProperty(fields.activation(), "gelu");
        config.addProperty("layer_norm_eps", model.epsilon());
        config.addProperty(fields.dropout(), model.dropout());
        config.addProperty("classifier_pooling", model.pooling().name().toLowerCase(Locale.ROOT));
        return config + "\n";
    }
}
