package tunebook.nd4j;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Program;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weight;
import tunebook.core.Weights;

/** One run's weights, gradients and moments, and the workspace its activations live in. */
final class Nd4jSession implements Session {
    private final Nd4jEngine.HeldArrays frozen;
    private final Map<String, INDArray> constants;
    private final Learning learning;
    private final Optimizer optimizer;
    private final Kernels kernels;
    private final long seed;
    private final Arena arena;
    private final Kept kept = new Kept();
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
        this.optimizer = new Optimizer(this.learning, kernels);
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
            if (!fits) throw weight.misfit(Arrays.toString(value.shape()));
            return value;
        }

        @Override
        public INDArray grad(Weight weight) {
            Learning.Part part = learns(weight);
            if (part == null) return null;
            part.touched.all();
            return part.gradient;
        }

        @Override
        public INDArray rowsGrad(Weight weight, int... rows) {
            Learning.Part part = learns(weight);
            if (part == null) return null;
            part.touched.rows(rows);
            return part.gradient;
        }

        private Learning.Part learns(Weight weight) {
            boolean learns = gradients && active.test(weight.name());
            return learns ? learning.parts().get(weight.name()) : null;
        }

        @Override
        public INDArray running(Weight weight) {
            if (!learning.parts().containsKey(weight.name())) throw weight.shared();
            return value(weight);
        }

        @Override
        public INDArray kept(String name, INDArray rows) {
            if (gradients) throw new IllegalStateException(name + ": nothing is kept in training");
            return kept.append(name, rows);
        }
    }

    @Override
    public void activate(Predicate<String> names) {
        active = names;
    }

    @Override
    public Tensor evaluate(Program program, Batch batch) {
        return arena.inside(
                () -> {
                    Tape tape = new Tape(evaluating, kernels, batch, frozen.type(), null);
                    return Memory.download(program.run(tape).value());
                });
    }

    @Override
    public void forget() {
        kept.forget();
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
        return arena.inside(() -> optimizer.step(rule, rate, maxNorm, active));
    }

    @Override
    public void discard() {
        optimizer.discard();
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
        Map<String, Tensor> state = optimizer.state();
        state.put(PASSES, Tensor.of(new double[] {(double) passes}, 1));
        return state;
    }

    @Override
    public void optimizer(Map<String, Tensor> state) {
        optimizer.restore(state);
        passes = (long) state.get(PASSES).get(0);
    }

    @Override
    public double backwardSeconds() {
        return back / 1e9;
    }

    @Override
    public long peakBytes() {
        most = Math.max(most, arena.most());
        return learning.bytes() + kept.bytes() + most;
    }

    @Override
    public void close() {
        frozen.arenas().giveBack(arena);
        constants.values().forEach(INDArray::close);
        learning.close();
        kept.close();
        frozen.kernels().giveBack(kernels);
    }
}
