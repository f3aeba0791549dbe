package tunebook.torch;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

/** Computes on libtorch: on an NVIDIA card, or on the CPU to check the other engine by. */
public final class TorchEngine implements Engine {
    private final Optional<Card> card;
    private final LongSupplier room;
    private final Precision training;
    private final String name;

    private TorchEngine(Optional<Card> card, LongSupplier room, Precision training, String name) {
        this.card = card;
        this.room = room;
        this.training = training;
        this.name = "libtorch, " + name + (training == Precision.BFLOAT16 ? ", bfloat16" : "");
    }

    /**
     * On the CPU. libtorch has one number of threads for all that compute with it.
     *
     * @param threads at least 1
     */
    public static TorchEngine cpu(int threads) {
        return cpu(threads, Precision.FLOAT, 0);
    }

    /**
     * The same, but in the way of a card.
     *
     * @param training what training runs in
     * @param room bytes of rows to be kept beside the weights
     */
    public static TorchEngine cpu(int threads, Precision training, long room) {
        if (threads < 1) {
            throw new TunebookException("engine", threads + " threads", "give at least 1");
        }
        torch.set_num_threads(threads);
        return new TorchEngine(
                Optional.empty(),
                () -> room,
                training,
                "CPU, " + threads + (threads == 1 ? " thread" : " threads"));
    }

    /**
     * On the first NVIDIA card; empty where libtorch is not there, or finds none it can use.
     *
     * @param training what training runs in
     */
    public static Optional<Engine> gpu(Precision training) {
        return Card.first()
                .map(card -> new TorchEngine(Optional.of(card), card::room, training, card.name()));
    }

    @Override
    public String device() {
        return name;
    }

    @Override
    public String arithmetic() {
        return "libtorch " + (card.isPresent() ? "GPU " : "CPU ") + training;
    }

    @Override
    public Precision training() {
        return training;
    }

    @Override
    public Held hold(Weights weights, Precision precision) {
        ScalarType numbers = precision == Precision.DOUBLE ? ScalarType.Double : ScalarType.Float;
        Device device = new Device(card.isPresent() ? DeviceType.CUDA : DeviceType.CPU);
        Place place = new Place(device, numbers, precision == Precision.BFLOAT16);
        return new HeldTensors(weights, place, room);
    }

    @Override
    public Session open(Held frozen, Weights constants, Weights learning, long seed) {
        HeldTensors own = new HeldTensors(constants, ((HeldTensors) frozen).place(), () -> 0);
        return new TorchSession((HeldTensors) frozen, own, learning, seed, card, name);
    }
}
