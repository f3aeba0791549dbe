package tunebook.bench.own;

import java.util.ArrayList;
import java.util.List;
import tunebook.bench.work.Fit;
import tunebook.bench.work.Report;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Worker;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.nd4j.Nd4jEngine;
import tunebook.task.Part;
import tunebook.train.CurvePoint;
import tunebook.train.Ending;
import tunebook.train.Outcome;
import tunebook.train.Prefixes;
import tunebook.train.Space;
import tunebook.train.Trainer;

/**
 * Tunebook's side of a run of training, by its trainer. Every unit puts the weights on the engine
 * and computes what is kept of the frozen part anew.
 */
public final class OwnFit implements Worker {
    private final Fit fit;
    private final Engine engine;

    /** Takes a run, for the CPU. */
    public OwnFit(Fit fit) {
        this(fit, new Nd4jEngine(Runtime.getRuntime().availableProcessors()));
    }

    /** Takes a run. */
    public OwnFit(Fit fit, Engine engine) {
        this.fit = fit;
        this.engine = engine;
    }

    @Override
    public Report unit() {
        Watch watch = new Watch();
        try (Engine.Held held = hold()) {
            double[] losses = losses(held);
            return new Report(watch.seconds(), losses);
        }
    }

    /** Puts what is frozen on the engine. */
    Engine.Held hold() {
        return engine.hold(fit.tuning().backbone().weights(), engine.training());
    }

    /** Trains: the loss of each step, and the mean loss of validation after each epoch. */
    double[] losses(Engine.Held held) {
        List<Double> losses = new ArrayList<>();
        try (Prefixes prefixes =
                new Prefixes(engine, held, fit.tuning().backbone(), Space.ofMachine())) {
            Outcome outcome =
                    new Trainer(engine, held, prefixes)
                            .run(
                                    fit.tuning(),
                                    new Part(fit.train(), MeanLoss::new),
                                    new Part(fit.validation(), MeanLoss::new),
                                    Fit.SEED,
                                    (step, steps, epoch, loss) -> losses.add(loss));
            if (outcome.ending() != Ending.FINISHED)
                throw new TunebookException("training", outcome.message(), "lower the rate");
            outcome.curve().stream().map(CurvePoint::validationLoss).forEach(losses::add);
        }
        return losses.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
