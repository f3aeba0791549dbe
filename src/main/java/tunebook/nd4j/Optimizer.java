package tunebook.nd4j;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Adam;
import tunebook.core.Tensor;

/**
 * AdamW over what learns. Neighbours that move alike are one stretch of the flat arrays; rows that
 * had no gradient are passed over where they would not move.
 */
final class Optimizer {
    private final Learning learning;
    private final Kernels kernels;

    Optimizer(Learning learning, Kernels kernels) {
        this.learning = learning;
        this.kernels = kernels;
    }

    /** Clips, moves what is active, forgets the gradients; the norm before clipping. */
    double step(
            Adam rule, ToDoubleFunction<String> rate, double maxNorm, Predicate<String> active) {
        Stretches touched = new Stretches();
        learning.parts()
                .forEach(
                        (name, part) -> {
                            if (active.test(name)) add(touched, part, part.touched.now());
                        });
        double norm = Math.sqrt(learning.squaredGradients(kernels, touched));
        if (Double.isFinite(norm)) {
            double shrink = Math.min(1, maxNorm / (norm + 1e-6));
            move(rule, name -> active.test(name) ? rate.applyAsDouble(name) : 0, shrink);
        }
        discard();
        return norm;
    }

    /** Forgets the gradients, wherever there are any. */
    void discard() {
        Stretches written = new Stretches();
        for (Learning.Part part : learning.parts().values()) {
            add(written, part, part.touched.now());
            part.touched.forget();
        }
        learning.forgetGradients(kernels, written);
    }

    private static void add(Stretches to, Learning.Part part, BitSet rows) {
        to.addRows(part.from, rows, part.width());
    }

    private void move(Adam rule, ToDoubleFunction<String> rates, double shrink) {
        Alike alike = null;
        for (Map.Entry<String, Learning.Part> entry : learning.parts().entrySet()) {
            Learning.Part part = entry.getValue();
            double rate = rates.applyAsDouble(entry.getKey());
            if (rate == 0) continue;
            part.steps++;
            Kernels.AdamStep step = adamStep(rule, rate, shrink, part.steps);
            if (alike == null || !step.equals(alike.step())) {
                move(alike);
                alike = new Alike(step, new Stretches(), new Stretches());
            }
            add(alike.moved(), part, part.touched.ever());
            if (rule.decay() != 0) add(alike.decayed(), part, part.touched.never());
        }
        move(alike);
    }

    /**
     * Neighbours that move alike.
     *
     * @param decayed what never had a gradient: AdamW does no more to it than weight decay
     */
    private record Alike(Kernels.AdamStep step, Stretches moved, Stretches decayed) {}

    private void move(Alike alike) {
        if (alike == null) return;
        Kernels.AdamStep step = alike.step();
        learning.adam(kernels, alike.moved(), step);
        learning.decay(kernels, alike.decayed(), 1 - step.rate() * step.decay());
    }

    private static Kernels.AdamStep adamStep(Adam rule, double rate, double shrink, long steps) {
        return new Kernels.AdamStep(
                shrink,
                rule.beta1(),
                rule.beta2(),
                1 - Math.pow(rule.beta1(), (double) steps),
                1 - Math.pow(rule.beta2(), (double) steps),
                rule.epsilon(),
                rate,
                rule.decay());
    }

    /** Moments and how often each weight was moved, by name. */
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new TreeMap<>();
        learning.parts()
                .forEach(
                        (name, part) -> {
                            state.put(Adam.mean(name), Memory.download(part.mean));
                            state.put(Adam.square(name), Memory.download(part.square));
                            state.put(
                                    Adam.steps(name),
                                    Tensor.of(new double[] {(double) part.steps}, 1));
                        });
        return state;
    }

    void restore(Map<String, Tensor> state) {
        learning.parts()
                .forEach(
                        (name, part) -> {
                            put(state.get(Adam.mean(name)), part.mean, part);
                            put(state.get(Adam.square(name)), part.square, part);
                            part.steps = (long) state.get(Adam.steps(name)).get(0);
                        });
    }

    /** What has a moment had a gradient. */
    private static void put(Tensor moments, INDArray to, Learning.Part part) {
        Memory.put(moments, to);
        double[] values = moments.doubles();
        int width = (int) part.width();
        for (int i = 0; i < values.length; i++) if (values[i] != 0) part.touched.before(i / width);
    }
}
