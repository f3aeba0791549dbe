package tunebook.torch;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import tunebook.core.Weight;

/** A session's weights: learning ones first, then constants, then frozen ones. */
final class SessionSlots {
    private final HeldTensors frozen;
    private final HeldTensors constants;
    private final Learning learning;
    private final Map<String, Tensor> kept = new HashMap<>();
    private Predicate<String> active = name -> true;

    SessionSlots(HeldTensors frozen, HeldTensors constants, Learning learning) {
        this.frozen = frozen;
        this.constants = constants;
        this.learning = learning;
    }

    void activate(Predicate<String> names) {
        active = names;
    }

    Predicate<String> active() {
        return active;
    }

    /** To go back through, or not. */
    Slots slots(boolean gradients) {
        return new Found(gradients);
    }

    private final class Found implements Slots {
        private final boolean gradients;

        Found(boolean gradients) {
            this.gradients = gradients;
        }

        @Override
        public Tensor value(Weight weight) {
            Learning.Part part = learning.parts().get(weight.name());
            if (part == null) return fitting(weight, holder(weight).get(weight.name()));
            Tensor value = fitting(weight, part.leaf);
            return learns(weight) ? value : value.detach();
        }

        @Override
        public Tensor factor(Weight weight) {
            return learning.parts().containsKey(weight.name())
                    ? value(weight)
                    : fitting(weight, holder(weight).factor(weight.name()));
        }

        private HeldTensors holder(Weight weight) {
            return constants.has(weight.name()) ? constants : frozen;
        }

        private static Tensor fitting(Weight weight, Tensor value) {
            boolean fits = value.dim() == weight.shape().rank();
            for (int i = 0; fits && i < weight.shape().rank(); i++)
                fits = value.size(i) == weight.shape().size(i);
            if (!fits) throw weight.misfit(Place.shape(value));
            return value;
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

    /** Numbers in the rows that are kept. */
    long keptNumbers() {
        return kept.values().stream().mapToLong(Tensor::numel).sum();
    }

    void forget() {
        kept.values().forEach(Tensor::releaseReference);
        kept.clear();
    }
}
