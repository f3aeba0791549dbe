package tunebook.deploy;

import java.util.Map;
import tunebook.core.Weights;
import tunebook.model.Model;
import tunebook.onnx.Onnx;
import tunebook.onnx.Reads;
import tunebook.onnx.Storage;
import tunebook.recipe.Method;
import tunebook.recipe.Tuning;

/** A recipe's result as an ONNX graph. */
public final class Export {
    private Export() {}

    /**
     * The logits of what a recipe learned: its adapters are nodes of the graph, unless they have
     * been merged before.
     *
     * @param facts to be kept in the file, by name
     * @return the file's bytes; see {@link Onnx} for inputs and output
     * @throws tunebook.core.TunebookException if the file would be larger than the format allows
     */
    public static byte[] onnx(Tuning tuning, Storage storage, Map<String, String> facts) {
        Weights all = tuning.backbone().weights().with(tuning.constants()).with(tuning.learning());
        Reads reads = reads(tuning.backbone().model(), tuning.recipe().method());
        return Onnx.of(tuning.programs(0).logits(), reads, all, storage, facts);
    }

    /** What a model is given under a method. */
    public static Reads reads(Model model, Method method) {
        return model.sees()
                .map(image -> Reads.images(image.height(), image.width()))
                .orElse(Reads.texts(method.virtualTokens(), method.firstPosition()));
    }
}
