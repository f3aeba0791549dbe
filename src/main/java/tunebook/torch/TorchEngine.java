package tunebook.torch;

import java.util.Optional;
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
    private final DeviceType type;
    private final String name;

    private TorchEngine(DeviceType type, String name) {
        this.type = type;
        this.name = name;
    }

    /**
     * On the CPU. libtorch has one number of threads for all that compute with it.
     *
     * @param threads at least 1
     */
    public static TorchEngine cpu(int threads) {
        if (threads < 1) {
            throw new TunebookException("engine", threads + " threads", "give at least 1");
        }
        torch.set_num_threads(threads);
        return new TorchEngine(DeviceType.CPU, "libtorch, CPU, " + threads + " threads");
    }

    /** On the first NVIDIA card; empty where libtorch is not there, or finds none it can use. */
    public static Optional<Engine> gpu() {
        try {
            return torch.cuda_is_available()
                    ? Optional.of(new TorchEngine(DeviceType.CUDA, "libtorch, GPU"))
                    : Optional.empty();
        } catch (LinkageError noNatives) {
            return Optional.empty();
        }
    }

    @Override
    public String device() {
        return name;
    }

    @Override
    public Held hold(Weights weights, Precision precision) {
        ScalarType numbers = precision == Precision.DOUBLE ? ScalarType.Double : ScalarType.Float;
        return new HeldTensors(weights, new Place(new Device(type), numbers));
    }

    @Override
    public Session open(Held frozen, Weights constants, Weights learning, long seed) {
        return new TorchSession((HeldTensors) frozen, constants, learning, seed);
    }
}
