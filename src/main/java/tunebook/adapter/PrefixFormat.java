package tunebook.adapter;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tunebook.core.Attention;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.model.Outline;
import tunebook.recipe.Adapter;
import tunebook.recipe.Method;
import tunebook.recipe.PrefixTuning;

/**
 * Keys and values before each sequence, [p, layers · 2 · width]: block by block, the keys first.
 */
final class PrefixFormat extends VirtualTokens {
    /** The note that says where a text's positions begin. */
    static final String FIRST_POSITION = "first_position";

    @Override
    public List<String> types() {
        return List.of("PREFIX_TUNING");
    }

    @Override
    public boolean writes(Method method) {
        return method instanceof PrefixTuning;
    }

    @Override
    public JsonObject config(Adapter adapter, Outline base) {
        PrefixTuning prefix = (PrefixTuning) adapter.recipe().method();
        JsonObject config = config(types().get(0), prefix.tokens(), base);
        config.addProperty("prefix_projection", false);
        return config;
    }

    @Override
    public Weights theirs(Adapter adapter, Outline base) {
        boolean computed = ((PrefixTuning) adapter.recipe().method()).hidden() > 0;
        Weights weights = adapter.weights();
        Matrix rows =
                names(base).stream()
                        .map(
                                name ->
                                        computed
                                                ? computed(weights, name)
                                                : Matrix.of(weights.get(name)))
                        .reduce(Matrix::beside)
                        .orElseThrow();
        return Weights.of(Map.of(ROWS, rows.tensor()));
    }

    private static Matrix computed(Weights weights, String name) {
        return Matrix.of(weights.get("prefix_encoder.embedding.weight"))
                .linear(weights, "prefix_encoder.transform.0")
                .map(Math::tanh)
                .linear(weights, name + "_transform");
    }

    private static List<String> names(Outline base) {
        return base.sites().values().stream()
                .filter(Attention.class::isInstance)
                .flatMap(s -> Stream.of(s.name() + ".prefix_key", s.name() + ".prefix_value"))
                .toList();
    }

    /** Hugging Face's BERT begins a text's positions at p, unless it is noted otherwise. */
    @Override
    public Method method(PeftFile file, Outline base) {
        boolean shifted =
                !file.notes().has(FIRST_POSITION) || file.notes().integer(FIRST_POSITION) > 0;
        return new PrefixTuning(file.config().integer(TOKENS), 0, shifted);
    }

    @Override
    public Weights ours(PeftFile file, Outline base) {
        List<String> names = names(base);
        int width = base.model().width();
        Shape wanted = Shape.of(file.config().integer(TOKENS), names.size() * width);
        if (!file.tensor(ROWS).shape().equals(wanted)) throw file.misfit(ROWS, wanted);
        Matrix rows = Matrix.of(file.tensor(ROWS));
        Map<String, Tensor> ours = new HashMap<>();
        for (int i = 0; i < names.size(); i++)
            ours.put(names.get(i), rows.columns(i * width, (i + 1) * width).tensor());
        return replaced(file, ours);
    }
}
