package tunebook.bench.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tunebook.bench.work.Examples;
import tunebook.core.Adam;
import tunebook.recipe.Tuning;

/** What DJL trains: parameters, a model over them, and an optimizer. */
final class DjlTraining implements AutoCloseable {
    private final Parameters parameters;
    private final DjlModel model;
    private final AdamW optimizer;
    private final SoftmaxCrossEntropyLoss loss = new SoftmaxCrossEntropyLoss();

    /** Puts the weights on libtorch. */
    DjlTraining(Tuning tuning, Adam rule, AdamW.Rate rate) {
        this.parameters =
                new Parameters(
                        tuning.backbone()
                                .model()
                                .toFile(tuning.backbone().weights().with(tuning.learning())),
                        tuning.learning().names().stream()
                                .filter(name -> tuning.rateFactor(name, 0) > 0)
                                .collect(Collectors.toSet()));
        this.model = DjlModel.of(tuning, parameters);
        this.optimizer = AdamW.of(rule, rate);
    }

    /** One step; what it computes is released with its sub manager. */
    double step(Examples examples) {
        try (NDManager here = parameters.manager().newSubManager()) {
            NDArray labels = here.create(examples.labels());
            Supplier<NDArray> above = model.begin(examples, here);
            double value;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray now = loss.evaluate(new NDList(labels), new NDList(above.get()));
                collector.backward(now);
                value = now.getFloat();
            }
            parameters.step(optimizer);
            return value;
        }
    }

    /** The mean loss, computed without gradients. */
    double loss(Examples examples) {
        try (NDManager here = parameters.manager().newSubManager()) {
            return loss.evaluate(
                            new NDList(here.create(examples.labels())),
                            new NDList(model.begin(examples, here).get()))
                    .getFloat();
        }
    }

    @Override
    public void close() {
        optimizer.close();
        parameters.close();
    }
}
