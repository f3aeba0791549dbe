package tunebook.bench.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import tunebook.bench.work.Report;
import tunebook.bench.work.Steps;
import tunebook.bench.work.Texts;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Worker;
import tunebook.model.Bert;
import tunebook.recipe.Lora;
import tunebook.recipe.Tuning;

/** DJL's side of training steps. What a step computes is released with its sub manager. */
public final class DjlSteps implements Worker {
    private final Steps steps;
    private final Parameters parameters;
    private final DjlBert model;
    private final AdamW optimizer;
    private final SoftmaxCrossEntropyLoss loss = new SoftmaxCrossEntropyLoss();
    private int step;

    /** Puts the weights on libtorch. */
    public DjlSteps(Steps steps) {
        this.steps = steps;
        Libtorch.say();
        Tuning tuning = steps.tuning().get();
        this.parameters =
                new Parameters(
                        tuning.backbone().weights().with(tuning.learning()),
                        tuning.learning().names());
        this.model = new DjlBert((Bert) tuning.backbone().model(), parameters, loraScale(tuning));
        this.optimizer = AdamW.of(steps.rate(), Steps.DECAY);
    }

    static double loraScale(Tuning tuning) {
        return tuning.recipe().method() instanceof Lora lora
                ? lora.ranks().alpha() / lora.ranks().rank()
                : 0;
    }

    @Override
    public Report unit() {
        Watch watch = new Watch();
        double[] losses = new double[steps.perUnit()];
        for (int i = 0; i < losses.length; i++) losses[i] = step(steps.batch(step++));
        return new Report(watch.seconds(), losses);
    }

    private double step(Texts texts) {
        try (NDManager here = parameters.manager().newSubManager()) {
            double value;
            DjlBert.Padded batch = DjlBert.Padded.of(texts, here);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray now =
                        loss.evaluate(
                                new NDList(batch.labels()), new NDList(model.logits(batch)));
                collector.backward(now);
                value = now.getFloat();
            }
            parameters.step(optimizer);
            return value;
        }
    }
}
