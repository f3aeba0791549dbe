package tunebook.bench.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import tunebook.bench.work.Examples;
import tunebook.bench.work.Pictures;
import tunebook.bench.work.Report;
import tunebook.bench.work.Steps;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Worker;
import tunebook.model.ResNet;
import tunebook.recipe.Tuning;

/** DL4J's side of a ResNet's training steps. */
public final class Dl4jSteps implements Worker {
    private static final int LABELS = 10;

    private final Steps steps;
    private final ComputationGraph graph;
    private final List<DataSet> batches = new ArrayList<>();
    private int step;

    /** Makes the graph. */
    public Dl4jSteps(Steps steps) {
        this.steps = steps;
        Tuning tuning = steps.tuning().get();
        ResNet model = (ResNet) tuning.backbone().model();
        this.graph =
                ResNetGraph.of(
                        model,
                        model.toFile(tuning.backbone().weights().with(tuning.learning())),
                        LABELS,
                        new Adam(
                                steps.rate(),
                                steps.rule().beta1(),
                                steps.rule().beta2(),
                                steps.rule().epsilon()));
        for (Examples examples : steps.batches()) batches.add(batch((Pictures) examples));
    }

    static DataSet batch(Pictures pictures) {
        long[] sizes = pictures.sizes().stream().mapToLong(i -> i).toArray();
        INDArray labels = Nd4j.zeros(pictures.labels().length, LABELS);
        for (int i = 0; i < pictures.labels().length; i++)
            labels.putScalar(i, pictures.labels()[i], 1);
        return new DataSet(Nd4j.createFromArray(pictures.planes()).reshape('c', sizes), labels);
    }

    @Override
    public Report unit() {
        Watch watch = new Watch();
        double[] losses = new double[steps.perUnit()];
        for (int i = 0; i < losses.length; i++) {
            graph.fit(batches.get(step++ % batches.size()));
            losses[i] = graph.score();
        }
        return new Report(watch.seconds(), losses);
    }
}
