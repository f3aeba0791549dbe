package tunebook.torch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Program;
import tunebook.core.Session;
import tunebook.core.Weight;
import tunebook.core.Weights;

/** One run's weights, gradients and moments on libtorch. */
final class TorchSession implements Session {
    private final HeldTensors frozen;
    private final HeldTensors constants;
    private final Learning learning;
    private final Optimizer optimizer;
    private final long seed;
    private final Map<String, Tensor> kept = new HashMap<>();
    private final Slots training = new Found(true);
    private final Slots evaluating = new Found(false);
    private Predicate<String> active = name -> true;
    private long passes;
    private long back;

    TorchSession(HeldTensors frozen, Weights constants, Weights learning, long seed) {
        this.frozen = frozen;
        this.constants = new HeldTensors(constants, frozen.place());
        this.learning = new Learning(learning, frozen.place());
        this.optimizer = new Optimizer(this.learning);
        this.seed = seed;
    }

    /** Learning weights first, then constants, then frozen ones. */
    private final class Found implements Slots {
        private final boolean gradients;

        Found(boolean gradients) {
            this.gradients = gradients;
        }

        @Override
        public Tensor value(Weight weight) {
            Learning.Part part = learning.parts().get(weight.name());
            Tensor value = part == null ? constants.find(weight.name()) : part.leaf;
            if (value == null) value = frozen.get(weight.name());
            boolean fits = value.dim() == weight.shape().rank();
            for (int i = 0; fits && i < weight.shape().rank(); i++)
                fits = value.size(i) == weight.shape().size(i);
            if (!fits) throw weight.misfit(Place.shape(value));
            return part == null || learns(weight) ? value : value.detach();
        }

        @Override
        public boolean learns(Weight weight) {
            return gradients
                    && active.test(weight.name())
                    && learning.parts().containsKey(weight.name());
        }

        @Override
        public Tensor running(Weight weight) {
            Learning.Part part = learning.parts().get(weight.name());
            if (part == null) throw weight.shared();
            return part.leaf.detach();
        }

        @Override
        public Tensor kept(String name, Tensor rows) {
            if (gradients) throw new IllegalStateException(name + ": nothing is kept in training");
            Tensor before = kept.get(name);
            Tensor all =
                    before == null
                            ? rows.contiguous().clone()
                            : torch.cat(new TensorVector(before, rows), 0);
            all.retainReference();
            kept.put(name, all);
            if (before != null) before.releaseReference();
            return all;
        }
    }

    @Override
    public void activate(Predicate<String> names) {
        active = names;
    }

    @Override
    public tunebook.core.Tensor evaluate(Program program, Batch batch) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(evaluating, frozen.place(), batch, Optional.empty());
            return Place.download(program.run(ops).tensor());
        }
    }

    @Override
    public void forget() {
        kept.values().forEach(Tensor::releaseReference);
        kept.clear();
    }

    @Override
    public double accumulate(Program loss, Batch batch, double share) {
        try (PointerScope scope = new PointerScope()) {
            Generator masks = frozen.place().generator(seed * 0x9E3779B97F4A7C15L + passes++);
            TorchOps ops = new TorchOps(training, frozen.place(), batch, Optional.of(masks));
            Tensor value = loss.run(ops).tensor();
            double number = value.item_double();
            long forward = System.nanoTime();
            if (Double.isFinite(number) && value.requires_grad())
                value.mul(new Scalar(share)).backward();
            back += System.nanoTime() - forward;
            return number;
        }
    }

    @Override
    public double step(Adam rule, ToDoubleFunction<String> rate, double maxNorm) {
        return optimizer.step(rule, rate, maxNorm, active);
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
    public Map<String, tunebook.core.Tensor> optimizer() {
        Map<String, tunebook.core.Tensor> state = optimizer.state();
        state.put(PASSES, tunebook.core.Tensor.of(new double[] {(double) passes}, 1));
        return state;
    }

    @Override
    public void optimizer(Map<String, tunebook.core.Tensor> state) {
        optimizer.restore(state);
        passes = (long) state.get(PASSES).get(0);
    }

    @Override
    public double backwardSeconds() {
        return back / 1e9;
    }

    /**
     * Its own weights, gradients and moments, and the rows that it keeps; what libtorch takes
     * beside them is not known.
     */
    @Override
    public long peakBytes() {
        long rows = kept.values().stream().mapToLong(Tensor::numel).sum();
        return learning.bytes() + rows * frozen.place().bytes();
    }

    @Override
    public void close() {
        forget();
        constants.close();
        learning.close();
    }
}
