package tunebook.bench.own;

import java.util.HashMap;
import java.util.Map;
import tunebook.bench.work.Report;
import tunebook.bench.work.Steps;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Worker;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Program;
import tunebook.core.Session;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Tuning;

/** Tunebook's side of training steps, nothing kept from one step to the next but what learns. */
public final class OwnSteps implements Worker {
    private final Steps steps;
    private final Program loss;
    private final Session session;
    private final Map<String, Double> rates = new HashMap<>();
    private int step;

    /** Opens a session. */
    public OwnSteps(Steps steps) {
        this.steps = steps;
        Tuning tuning = steps.tuning().get();
        Engine engine = new Nd4jEngine(Runtime.getRuntime().availableProcessors());
        Engine.Held held = engine.hold(tuning.backbone().weights(), Precision.FLOAT);
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
        return new Report(watch.seconds(), losses);
    }
}
