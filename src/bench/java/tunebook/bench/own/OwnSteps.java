package tunebook.bench.own;

import java.util.HashMap;
import java.util.Map;
import tunebook.bench.work.Report;
import tunebook.bench.work.Steps;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Worker;
import tunebook.core.Engine;
import tunebook.core.Program;
import tunebook.core.Session;
import tunebook.cost.StepCounter;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Tuning;

/** Tunebook's side of training steps, nothing kept from one step to the next but what learns. */
public final class OwnSteps implements Worker {
    private final Steps steps;
    private final Program loss;
    private final Session session;
    private final double rate;
    private final Map<String, Double> rates = new HashMap<>();
    private int step;

    /** Opens a session on the CPU. */
    public OwnSteps(Steps steps) {
        this(steps, new Nd4jEngine(Runtime.getRuntime().availableProcessors()), Double.NaN);
    }

    /**
     * Opens a session.
     *
     * @param rate of the engine's products, FLOPs a second; NaN where the share of it is not asked
     */
    public OwnSteps(Steps steps, Engine engine, double rate) {
        this.steps = steps;
        this.rate = rate;
        Tuning tuning = steps.tuning().get();
        Engine.Held held = engine.hold(tuning.backbone().weights(), engine.training());
        this.session = engine.open(held, tuning.constants(), tuning.learning(), 1);
        this.loss = tuning.programs(0).loss();
        for (String name : tuning.learning().names())
            rates.put(name, steps.rate() * tuning.rateFactor(name, 0));
    }

    @Override
    public Report unit() {
        Watch watch = new Watch();
        double[] losses = new double[steps.perUnit()];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = session.accumulate(loss, steps.batch(step++).batch(), 1);
            session.step(steps.rule(), rates::get, Double.POSITIVE_INFINITY);
        }
        double seconds = watch.seconds();
        return Double.isNaN(rate)
                ? new Report(seconds, losses)
                : new Report(seconds, beside(seconds), losses);
    }

    private Map<String, Double> beside(double seconds) {
        double flops = StepCounter.count(loss, steps.batch(0).batch(), rates::containsKey).flops();
        return Map.of(
                "MiB",
                session.peakBytes() / (double) (1 << 20),
                "% of rate",
                100 * flops * steps.perUnit() / seconds / rate);
    }
}
