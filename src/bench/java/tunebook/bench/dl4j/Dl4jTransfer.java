package tunebook.bench.dl4j;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.transferlearning.TransferLearningHelper;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import tunebook.bench.work.Digits;
import tunebook.bench.work.Fit;
import tunebook.bench.work.Report;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Worker;
import tunebook.data.Batches;

/**
 * DL4J's own transfer learning on LeNet, by DL4J's Adam: what is below the dense layers is frozen
 * and computed in every epoch, or featurized once. Every unit starts from the first weights.
 */
public final class Dl4jTransfer implements Worker {
    /** Added to √v where ours is added to √v̂: about the same in the first steps. */
    private static final double EPSILON = 3e-10;

    private final Fit fit;
    private final boolean featurized;

    /**
     * @param featurized whether frozen layers are computed once
     */
    public Dl4jTransfer(Fit fit, boolean featurized) {
        this.fit = fit;
        this.featurized = featurized;
    }

    @Override
    public Report unit() {
        Watch watch = new Watch();
        DoubleStream.Builder training = DoubleStream.builder();
        DoubleStream.Builder validation = DoubleStream.builder();
        MultiLayerNetwork frozen = frozen();
        MultiLayerNetwork top = frozen;
        DataSet train = batch(fit.train());
        DataSet held = batch(fit.validation());
        if (featurized) {
            TransferLearningHelper helper = new TransferLearningHelper(frozen);
            train = flat(helper.featurize(train));
            held = flat(helper.featurize(held));
            top = helper.unfrozenMLN();
        }
        for (int epoch = 0; epoch < fit.settings().budget().epochs(); epoch++) {
            for (int[] which : fit.epoch(epoch, Fit.SEED)) {
                top.fit(rows(train, which));
                training.add(top.score());
            }
            validation.add(top.score(held, false));
        }
        return new Report(
                watch.seconds(),
                DoubleStream.concat(training.build(), validation.build()).toArray());
    }

    private MultiLayerNetwork frozen() {
        Adam rule =
                new Adam(
                        fit.settings().rates().learningRate(),
                        fit.rule().beta1(),
                        fit.rule().beta2(),
                        EPSILON);
        return new TransferLearning.Builder(LeNet.network())
                .fineTuneConfiguration(new FineTuneConfiguration.Builder().updater(rule).build())
                .setFeatureExtractor(LeNet.FROZEN)
                .build();
    }

    /** All examples at once. */
    private static DataSet batch(Batches examples) {
        int[] all = IntStream.range(0, examples.size()).toArray();
        int[] right = Digits.labels(examples, all);
        INDArray labels = Nd4j.zeros(all.length, LeNet.LABELS);
        for (int i = 0; i < right.length; i++) labels.putScalar(i, right[i], 1);
        INDArray pixels = Nd4j.createFromArray(Digits.pixels(examples, all));
        return new DataSet(pixels.reshape('c', all.length, 1, Digits.SIZE, Digits.SIZE), labels);
    }

    /** The helper's network has lost what lays a dense layer's input out in rows. */
    private static DataSet flat(DataSet all) {
        INDArray features = all.getFeatures();
        long rows = features.size(0);
        return new DataSet(features.reshape('c', rows, features.length() / rows), all.getLabels());
    }

    private static DataSet rows(DataSet all, int... which) {
        INDArray features = all.getFeatures();
        long[] shape = features.shape().clone();
        INDArray flat = features.reshape('c', shape[0], features.length() / shape[0]);
        shape[0] = which.length;
        return new DataSet(
                Nd4j.pullRows(flat, 1, which).reshape('c', shape),
                Nd4j.pullRows(all.getLabels(), 1, which));
    }
}
