package tunebook.train;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tunebook.core.Engine;
import tunebook.core.Session;
import tunebook.core.Weights;
import tunebook.data.Batches;
import tunebook.model.Backbone;
import tunebook.recipe.Tuning;

/**
 * What the gradients of a whole network say of its stages, the embedding first, then the blocks.
 *
 * @param all one for each stage
 */
public record LayerSignals(List<Signal> all) {
    private static final int BATCH = 16;

    /** Keeps its own copy. */
    public LayerSignals {
        all = List.copyOf(all);
    }

    /**
     * Of one stage.
     *
     * @param relativeNorm ‖ḡ‖ / ‖w‖, of the mean gradient and the weights; Lee et al. 2023, §4
     * @param fisher mean over weights and batches of g²
     * @param signalToNoise ‖ḡ‖² / (mean of ‖g − ḡ‖²) over the batches
     */
    public record Signal(double relativeNorm, double fisher, double signalToNoise) {}

    /**
     * Measures.
     *
     * @param tuning under which every weight learns
     * @param learned where to measure: the backbone's weights with a head that has learned already
     * @param batches how many of 16 examples, at least 2
     * @param seed of the batches and of dropout
     */
    public static LayerSignals of(
            Engine engine,
            Engine.Held held,
            Tuning tuning,
            Weights learned,
            Batches examples,
            int batches,
            long seed) {
        List<Weights> gradients = new ArrayList<>();
        Weights values = tuning.learning().with(learned);
        try (Session session = engine.open(held, tuning.constants(), values, seed)) {
            for (int[] which : examples.epoch(seed, 0, BATCH).stream().limit(batches).toList()) {
                session.accumulate(
                        tuning.programs(0).loss(), tuning.plan().batch(examples.batch(which)), 1);
                gradients.add(session.gradients());
                session.discard();
            }
        }
        Backbone backbone = tuning.backbone();
        TreeMap<Integer, Sums> stages = new TreeMap<>();
        for (String name : values.names()) {
            int stage = backbone.model().depth(name);
            if (stage > backbone.model().blocks() || !gradients.get(0).has(name)) continue;
            stages.computeIfAbsent(stage, s -> new Sums())
                    .add(
                            values.get(name).doubles(),
                            gradients.stream().map(g -> g.get(name).doubles()).toList());
        }
        return new LayerSignals(stages.values().stream().map(Sums::signal).toList());
    }

    /** Sums over the weights of a stage. */
    private static final class Sums {
        private double weights;
        private double mean;
        private double squares;
        private double noise;
        private long count;

        void add(double[] values, List<double[]> gradients) {
            int n = gradients.size();
            for (int i = 0; i < values.length; i++) {
                double sum = 0;
                double square = 0;
                for (double[] gradient : gradients) {
                    sum += gradient[i];
                    square += gradient[i] * gradient[i];
                }
                weights += values[i] * values[i];
                mean += sum / n * (sum / n);
                squares += square / n;
                noise += (square - sum * sum / n) / (n - 1);
            }
            count += values.length;
        }

        Signal signal() {
            return new Signal(Math.sqrt(mean / weights), squares / count, mean / noise);
        }
    }
}
