package tunebook.bench.djl;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import tunebook.bench.work.Fit;
import tunebook.bench.work.Report;
import tunebook.bench.work.Texts;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Worker;
import tunebook.data.Batches;

/**
 * DJL's side of a run of training. What is frozen is computed in every epoch, without gradients, as
 * it is wherever nobody keeps it by hand. Every unit puts the weights on libtorch anew.
 */
public final class DjlFit implements Worker {
    private final Fit fit;

    /** Says which libtorch it is. */
    public DjlFit(Fit fit) {
        Libtorch.say();
        this.fit = fit;
    }

    @Override
    public Report unit() {
        Watch watch = new Watch();
        Losses losses = losses(fit, Fit.SEED, null);
        return new Report(
                watch.seconds(),
                DoubleStream.concat(
                                Arrays.stream(losses.training()),
                                Arrays.stream(losses.validation()))
                        .toArray());
    }

    /**
     * What a run came to.
     *
     * @param training loss of each step
     * @param validation mean loss after each epoch
     */
    record Losses(double[] training, double[] validation) {}

    /**
     * Trains from the start.
     *
     * @param test examples whose loss is computed at the end, or null
     */
    static Losses losses(Fit fit, long seed, Batches test) {
        DoubleStream.Builder training = DoubleStream.builder();
        DoubleStream.Builder validation = DoubleStream.builder();
        try (DjlTraining run = new DjlTraining(fit.tuning(), fit.rule(), fit::rate)) {
            for (int epoch = 0; epoch < fit.settings().budget().epochs(); epoch++) {
                for (int[] which : fit.epoch(epoch, seed))
                    training.add(run.step(Texts.of(fit.train(), which)));
                validation.add(mean(run, fit.validation()));
            }
            if (test != null) mean(run, test);
        }
        return new Losses(training.build().toArray(), validation.build().toArray());
    }

    /** Over all examples, from the shortest to the longest, so that little is padded. */
    private static double mean(DjlTraining run, Batches examples) {
        List<int[]> batches = examples.inOrder(Fit.TOGETHER);
        double sum = 0;
        for (int[] which : batches) sum += which.length * run.loss(Texts.of(examples, which));
        return sum / examples.size();
    }
}
