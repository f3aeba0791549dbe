package tunebook.bench.own;

import tunebook.bench.work.Fit;
import tunebook.bench.work.Report;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Worker;
import tunebook.core.Engine;

/** What an example costs in runs of training over one copy of what is frozen, as in a study. */
public final class OwnCost implements Worker {
    private final OwnFit fit;
    private final Engine.Held held;
    private final int runs;
    private final int examples;

    /**
     * @param runs one after another, of a unit
     */
    public OwnCost(Fit fit, int runs) {
        this.fit = new OwnFit(fit);
        this.held = this.fit.hold();
        this.runs = runs;
        this.examples = fit.train().size();
    }

    @Override
    public Report unit() {
        Watch watch = new Watch();
        double[] losses = {};
        for (int i = 0; i < runs; i++) losses = fit.losses(held);
        return new Report(watch.seconds() / runs / examples, losses);
    }
}
