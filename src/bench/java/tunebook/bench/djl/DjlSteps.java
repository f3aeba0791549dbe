package tunebook.bench.djl;

import tunebook.bench.work.Report;
import tunebook.bench.work.Steps;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Worker;

/** DJL's side of training steps. */
public final class DjlSteps implements Worker {
    private final Steps steps;
    private final DjlTraining training;
    private int step;

    /** Puts the weights on libtorch. */
    public DjlSteps(Steps steps) {
        Libtorch.say();
        this.steps = steps;
        this.training = new DjlTraining(steps.tuning().get(), steps.rule(), step -> steps.rate());
    }

    @Override
    public Report unit() {
        Watch watch = new Watch();
        double[] losses = new double[steps.perUnit()];
        for (int i = 0; i < losses.length; i++) losses[i] = training.step(steps.batch(step++));
        return new Report(watch.seconds(), losses);
    }
}
