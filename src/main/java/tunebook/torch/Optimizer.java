package tunebook.torch;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import tunebook.core.Adam;

/** AdamW over what learns; neighbours that move alike are one stretch of the flat tensors. */
final class Optimizer {
    private final Learning learning;

    Optimizer(Learning learning) {
        this.learning = learning;
    }

    /** Weights that move alike: how far, how often before, and where they are. */
    private record Stretch(double rate, long steps, long from, long end) {
        boolean goesOnWith(double otherRate, Learning.Part part) {
            return rate == otherRate && steps == part.steps && end == part.from;
        }
    }

    /** Clips, moves what is active, forgets the gradients; the norm before clipping. */
    double step(
            Adam rule, ToDoubleFunction<String> rate, double maxNorm, Predicate<String> active) {
        try (NoGradGuard guard = new NoGradGuard()) {
            double norm = Math.sqrt(squares(active));
            if (Double.isFinite(norm)) {
                double shrink = Math.min(1, maxNorm / (norm + 1e-6));
                move(rule, name -> active.test(name) ? rate.applyAsDouble(name) : 0, shrink);
            }
            learning.gradients.zero_();
            return norm;
        }
    }

    /** Σ g² of what is active, each stretch of neighbours at once. */
    private double squares(Predicate<String> active) {
        double sum = 0;
        long from = 0;
        long end = 0;
        for (Map.Entry<String, Learning.Part> entry : learning.parts().entrySet()) {
            Learning.Part part = entry.getValue();
            if (!active.test(entry.getKey())) continue;
            if (part.from != end) {
                sum += squares(from, end);
                from = part.from;
            }
            end = part.from + part.length;
        }
        return sum + squares(from, end);
    }

    private double squares(long from, long end) {
        if (from == end) return 0;
        Tensor gradients = learning.gradients.narrow(0, from, end - from);
        return gradients.dot(gradients).item_double();
    }

    private void move(Adam rule, ToDoubleFunction<String> rates, double shrink) {
        Stretch alike = null;
        for (Map.Entry<String, Learning.Part> entry : learning.parts().entrySet()) {
            Learning.Part part = entry.getValue();
            double rate = rates.applyAsDouble(entry.getKey());
            if (rate == 0) continue;
            part.steps++;
            if (alike != null && !alike.goesOnWith(rate, part)) {
                move(rule, alike, shrink);
                alike = null;
            }
            long from = alike == null ? part.from : alike.from();
            alike = new Stretch(rate, part.steps, from, part.from + part.length);
        }
        if (alike != null) move(rule, alike, shrink);
    }

    private void move(Adam rule, Stretch stretch, double shrink) {
        long length = stretch.end() - stretch.from();
        Tensor gradient = learning.gradients.narrow(0, stretch.from(), length);
        Tensor mean = learning.means.narrow(0, stretch.from(), length);
        Tensor square = learning.squares.narrow(0, stretch.from(), length);
        Tensor value = learning.values.narrow(0, stretch.from(), length);
        if (shrink < 1) gradient.mul_(new Scalar(shrink));
        mean.mul_(new Scalar(rule.beta1())).add_(gradient, new Scalar(1 - rule.beta1()));
        square.mul_(new Scalar(rule.beta2()))
                .addcmul_(gradient, gradient, new Scalar(1 - rule.beta2()));
        double first = 1 - Math.pow(rule.beta1(), (double) stretch.steps());
        double second = 1 - Math.pow(rule.beta2(), (double) stretch.steps());
        Tensor root =
                square.sqrt()
                        .mul_(new Scalar(1 / Math.sqrt(second)))
                        .add_(new Scalar(rule.epsilon()));
        value.mul_(new Scalar(1 - stretch.rate() * rule.decay()))
                .addcdiv_(mean, root, new Scalar(-stretch.rate() / first));
    }

    /** Moments and how often each weight was moved, by name. */
    Map<String, tunebook.core.Tensor> state() {
        Map<String, tunebook.core.Tensor> state = new TreeMap<>();
        learning.parts()
                .forEach(
                        (name, part) -> {
                            double[] steps = {(double) part.steps};
                            state.put(Adam.mean(name), Place.download(part.mean));
                            state.put(Adam.square(name), Place.download(part.square));
                            state.put(Adam.steps(name), tunebook.core.Tensor.of(steps, 1));
                        });
        return state;
    }

    void restore(Map<String, tunebook.core.Tensor> state) {
        learning.parts()
                .forEach(
                        (name, part) -> {
                            learning.put(state.get(Adam.mean(name)), part.mean);
                            learning.put(state.get(Adam.square(name)), part.square);
                            part.steps = (long) state.get(Adam.steps(name)).get(0);
                        });
    }
}
