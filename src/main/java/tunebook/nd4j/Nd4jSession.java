package tunebook.nd4j;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Outputs;
import tunebook.core.Program;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.core.Weights;

/** One run's weights, gradients and moments, and the workspace its activations live in. */
final class Nd4jSession implements Session {
    private static final String MEAN = "mean/";
    private static final String SQUARE = "square/";
    private static final String STEPS = "steps/";
    private static final String PASSES = "passes";

    private final Nd4jEngine.HeldArrays frozen;
    private final Map<String, INDArray> constants;
    private final Learning learning;
    private final Kernels kernels;
    private final long seed;
    private final Arena arena;
    private long most;
    private long back;
    private final Slots training = new Found(true);
    private final Slots evaluating = new Found(false);
    private Predicate<String> active = name -> true;
    private long passes;

    Nd4jSession(
            Nd4jEngine.HeldArrays frozen,
            Map<String, INDArray> constants,
            Weights learning,
            Kernels kernels,
            long seed) {
        this.frozen = frozen;
        this.constants = constants;
        this.learning = new Learning(learning, frozen.type());
        this.kernels = kernels;
        this.seed = seed;
        this.arena = frozen.arenas().take();
    }

    /**
     * Learning weights first, then constants, then frozen ones; every shape is checked before it
     * reaches native code.
     */
    private final class Found implements Slots {
        private final boolean gradients;

        Found(boolean gradients) {
            this.gradients = gradients;
        }

        @Override
        public INDArray value(Weight weight) {
            Learning.Part part = learning.parts().get(weight.name());
            INDArray value = part == null ? constants.get(weight.name()) : part.value;
            if (value == null) value = frozen.get(weight.name());
            boolean fits = value.rank() == weight.shape().rank();
            for (int i = 0; fits && i < value.rank(); i++)
                fits = value.size(i) == weight.shape().size(i);
            if (!fits) {
                throw new TunebookException(
                        "weight " + weight.name(),
                        "is "
                                + java.util.Arrays.toString(value.shape())
                                + " where the model takes "
                                + weight.shape(),
                        "read the weights that belong to this configuration");
            }
            return value;
        }

        @Override
        public INDArray grad(Weight weight) {
            if (!gradients || !active.test(weight.name())) return null;
            Learning.Part part = learning.parts().get(weight.name());
            return part == null ? null : part.gradient;
        }

        @Override
        public INDArray running(Weight weight) {
            if (!learning.parts().containsKey(weight.name())) {
                throw new TunebookException(
                        "weight " + weight.name(),
                        "follows the batches here and is not the session's own",
                        "open the session with it among what learns");
            }
            return value(weight);
        }
    }

    @Override
    public void activate(Predicate<String> names) {
        active = names;
    }

    @Override
    public List<Tensor> evaluateAll(Outputs outputs, Batch batch) {
        return arena.inside(
                () -> {
                    Tape tape = new Tape(evaluating, kernels, batch, frozen.type(), null);
                    return outputs.run(tape).stream().map(v -> Memory.download(v.value())).toList();
                });
    }

    @Override
    public double accumulate(Program loss, Batch batch, double share) {
        SplittableRandom dropout = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + passes++);
        return arena.inside(
                () -> {
                    Tape tape = new Tape(training, kernels, batch, frozen.type(), dropout);
                    Var value = loss.run(tape);
                    double number = value.value().getDouble(0);
                    long forward = System.nanoTime();
                    if (Double.isFinite(number)) tape.backward(value, share);
                    back += System.nanoTime() - forward;
                    return number;
                });
    }

    @Override
    public double step(Adam rule, ToDoubleFunction<String> rate, double maxNorm) {
        double sum = 0;
        for (Map.Entry<String, Learning.Part> entry : learning.parts().entrySet()) {
            if (active.test(entry.getKey())) sum += kernels.squares(entry.getValue().gradient);
        }
        double norm = Math.sqrt(sum);
        if (Double.isFinite(norm)) {
            double shrink = Math.min(1, maxNorm / (norm + 1e-6));
            arena.inside(
                    () -> {
                        learning.parts()
                                .forEach(
                                        (name, part) ->
                                                move(
                                                        rule,
                                                        active.test(name)
                                                                ? rate.applyAsDouble(name)
                                                                : 0,
                                                        shrink,
                                                        part));
                        return null;
                    });
        }
        learning.forgetGradients();
        return norm;
    }

    private void move(Adam rule, double rate, double shrink, Learning.Part part) {
        if (rate == 0) return;
        part.steps++;
        kernels.adam(
                part.value,
                part.gradient,
                part.mean,
                part.square,
                new Kernels.AdamStep(
                        shrink,
                        rule.beta1(),
                        rule.beta2(),
                        1 - Math.pow(rule.beta1(), (double) part.steps),
                        1 - Math.pow(rule.beta2(), (double) part.steps),
                        rule.epsilon(),
                        rate,
                        rule.decay()));
    }

    @Override
    public Weights gradients() {
        return learning.gradients();
    }

    @Override
    public Weights learned() {
        return learning.values();
    }

    @Override
    public void restore(Weights learned) {
        learning.restore(learned);
    }

    @Override
    public Map<String, Tensor> optimizer() {
        Map<String, Tensor> state = new TreeMap<>();
        learning.parts()
                .forEach(
                        (name, part) -> {
                            state.put(MEAN + name, Memory.download(part.mean));
                            state.put(SQUARE + name, Memory.download(part.square));
                            state.put(
                                    STEPS + name, Tensor.of(new double[] {(double) part.steps}, 1));
                        });
        state.put(PASSES, Tensor.of(new double[] {(double) passes}, 1));
        return state;
    }

    @Override
    public void optimizer(Map<String, Tensor> state) {
        learning.parts()
                .forEach(
                        (name, part) -> {
                            Memory.put(state.get(MEAN + name), part.mean);
                            Memory.put(state.get(SQUARE + name), part.square);
                            part.steps = (long) state.get(STEPS + name).get(0);
                        });
        passes = (long) state.get(PASSES).get(0);
    }

    @Override
    public double backwardSeconds() {
        return back / 1e9;
    }

    @Override
    public long peakBytes() {
        most = Math.max(most, arena.most());
        return learning.bytes() + most;
    }

    @Override
    public void close() {
        frozen.arenas().giveBack(arena);
        constants.values().forEach(INDArray::close);
        learning.close();
        kernels.close();
    }
}
