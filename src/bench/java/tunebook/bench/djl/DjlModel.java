package tunebook.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import tunebook.bench.work.Examples;
import tunebook.model.Bert;
import tunebook.model.ResNet;
import tunebook.recipe.Lora;
import tunebook.recipe.Tuning;

/** A model as a user of DJL writes it. */
interface DjlModel {
    /**
     * Logits. → [examples, labels]
     *
     * @param here keeps what is computed, until it is closed
     */
    NDArray logits(Examples examples, NDManager here);

    /** The model of a tuning over these parameters. */
    static DjlModel of(Tuning tuning, Parameters parameters) {
        if (tuning.backbone().model() instanceof ResNet net) return new DjlResNet(net, parameters);
        double scale =
                tuning.recipe().method() instanceof Lora lora
                        ? lora.ranks().alpha() / lora.ranks().rank()
                        : 0;
        return new DjlBert((Bert) tuning.backbone().model(), parameters, scale);
    }
}
