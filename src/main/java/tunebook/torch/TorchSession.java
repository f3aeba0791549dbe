package tunebook.torch;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.OutOfMemory;
import tunebook.core.Program;
import tunebook.core.Session;
import tunebook.core.Weights;

/** One run's weights, gradients and moments on libtorch. */
final class TorchSession implements Session {
    private final Place place;
    private final HeldTensors constants;
    private final Learning learning;
    private final Optimizer optimizer;
    private final SessionSlots slots;
    private final long seed;
    private final Optional<Card> card;
    private final String device;
    private final Order order;
    private long passes;
    private long back;

    /**
     * @param constants of this session alone, which it closes
     * @param device in words
     */
    TorchSession(
            HeldTensors frozen,
            HeldTensors constants,
            Weights learning,
            long seed,
            Optional<Card> card,
            String device) {
        card.ifPresent(Card::enter);
        this.place = frozen.place();
        this.constants = constants;
        this.order = new Order(card);
        this.card = card;
        this.device = device;
        this.seed = seed;
        try (Order.Call call = order.call()) {
            this.learning = new Learning(learning, place);
        }
        this.optimizer = new Optimizer(this.learning);
        this.slots = new SessionSlots(frozen, constants, this.learning);
    }

    @Override
    public void activate(Predicate<String> names) {
        slots.activate(names);
    }

    @Override
    public tunebook.core.Tensor evaluate(Program program, Batch batch) {
        try (Order.Call call = order.call();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(slots.slots(false), place, batch, Optional.empty());
            return fitting(batch, () -> Place.download(place.exact(value(program, ops))));
        }
    }

    private Tensor value(Program program, TorchOps ops) {
        try (Autocast products = new Autocast(place)) {
            return program.run(ops).tensor();
        }
    }

    @Override
    public void forget() {
        slots.forget();
    }

    @Override
    public double accumulate(Program loss, Batch batch, double share) {
        try (Order.Call call = order.call()) {
            Generator masks = place.generator(seed * 0x9E3779B97F4A7C15L + passes++);
            TorchOps ops = new TorchOps(slots.slots(true), place, batch, Optional.of(masks));
            return fitting(batch, () -> accumulate(value(loss, ops), share));
        }
    }

    /** A card is given the way back before anybody waits for the loss. */
    private double accumulate(Tensor loss, double share) {
        long forward = System.nanoTime();
        if (loss.requires_grad()) loss.mul(new Scalar(share)).backward();
        double number = loss.item_double();
        back += System.nanoTime() - forward;
        return number;
    }

    /** Says in other words that there is no room. */
    private <R> R fitting(Batch batch, Supplier<R> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            String said = String.valueOf(e.getMessage());
            if (!said.contains("out of memory") && !said.contains("can't allocate memory")) throw e;
            throw new OutOfMemory(device, batch.sequences().rows(), e);
        }
    }

    @Override
    public double step(Adam rule, ToDoubleFunction<String> rate, double maxNorm) {
        try (Order.Call call = order.call()) {
            return optimizer.step(rule, rate, maxNorm, slots.active());
        }
    }

    @Override
    public void discard() {
        try (Order.Call call = order.call()) {
            learning.gradients.zero_();
        }
    }

    @Override
    public Weights gradients() {
        try (Order.Call call = order.call()) {
            return learning.gradients();
        }
    }

    @Override
    public Weights learned() {
        try (Order.Call call = order.call()) {
            return learning.values();
        }
    }

    @Override
    public void restore(Weights learned) {
        try (Order.Call call = order.call()) {
            learning.restore(learned);
        }
    }

    @Override
    public Map<String, tunebook.core.Tensor> optimizer() {
        try (Order.Call call = order.call()) {
            Map<String, tunebook.core.Tensor> state = optimizer.state();
            state.put(PASSES, tunebook.core.Tensor.of(new double[] {(double) passes}, 1));
            return state;
        }
    }

    @Override
    public void optimizer(Map<String, tunebook.core.Tensor> state) {
        try (Order.Call call = order.call()) {
            optimizer.restore(state);
        }
        passes = (long) state.get(PASSES).get(0);
    }

    @Override
    public double backwardSeconds() {
        return back / 1e9;
    }

    /**
     * On a card the most that all sessions and weights there took at once; on the CPU its own
     * weights, gradients and moments, and the rows that it keeps: what libtorch takes beside them
     * is not known.
     */
    @Override
    public long peakBytes() {
        return card.map(Card::peakBytes)
                .orElseGet(() -> learning.bytes() + slots.keptNumbers() * place.bytes());
    }

    @Override
    public void close() {
        forget();
        constants.close();
        learning.close();
        order.close();
        card.ifPresent(Card::leave);
    }
}
