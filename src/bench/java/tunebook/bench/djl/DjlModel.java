package tunebook.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.Supplier;
import tunebook.bench.work.Examples;
import tunebook.model.Bert;
import tunebook.model.ResNet;
import tunebook.recipe.Lora;
import tunebook.recipe.Tuning;

/** A model as a user of DJL writes it. */
interface DjlModel {
    /**
     * Computes what nothing that learns touches, without gradients; what it gives computes the
     * logits, [examples, labels], from there.
     *
     * @param here keeps what is computed, until it is closed
     */
    Supplier<NDArray> begin(Examples examples, NDManager here);

    /** The model of a tuning over these parameters. */
    static DjlModel of(Tuning tuning, Parameters parameters) {
        if (tuning.backbone().model() instanceof ResNet net) return new DjlResNet(net, parameters);
        Bert bert = (Bert) tuning.backbone().model();
        double scale =
                tuning.recipe().method() instanceof Lora lora
                        ? lora.ranks().alpha() / lora.ranks().rank()
                        : 0;
        return new DjlBert(
                bert, new Layers(parameters, bert.heads(), bert.epsilon(), scale), tuning.cut());
    }
}
