package tunebook.torch;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.global.torch_cuda;

/**
 * Where tensors are and what numbers they have; the way there and back.
 *
 * @param device of libtorch
 * @param type float or double
 * @param mixed whether products are computed in bfloat16
 */
record Place(Device device, ScalarType type, boolean mixed) {
    /** Most bytes at once that go through memory which a card reads by itself. */
    private static final long PINNED = 32L << 20;

    DeviceType kind() {
        return device.type().intern();
    }

    Tensor upload(tunebook.core.Tensor tensor) {
        long[] shape = tensor.shape().sizes().stream().mapToLong(Integer::longValue).toArray();
        return type == ScalarType.Double
                ? there(new DoublePointer(tensor.doubles()), ScalarType.Double, shape)
                : there(new FloatPointer(tensor.floats()), ScalarType.Float, shape);
    }

    /** Numbers, row-major. */
    Tensor upload(double[] numbers, long... shape) {
        return there(new DoublePointer(numbers), ScalarType.Double, shape).toType(type);
    }

    /** Whole numbers, to choose by. */
    Tensor indices(int... numbers) {
        long[] longs = Arrays.stream(numbers).asLongStream().toArray();
        return there(new LongPointer(longs), ScalarType.Long, longs.length);
    }

    /**
     * The host's memory is let go of at once: a copy is made. On the way to a card it lies where
     * the card fetches it by itself, while the host goes on.
     */
    private Tensor there(Pointer host, ScalarType is, long... shape) {
        try (Pointer numbers = host;
                Tensor view = torch.from_blob(numbers, shape, new TensorOptions(is))) {
            if (device.is_cpu()) return view.clone();
            if (view.nbytes() > PINNED) return view.to(device, is, false, true, null);
            try (Tensor pinned = view.pin_memory()) {
                return pinned.to(device, is, true, false, null);
            }
        }
    }

    /** The same numbers as they are kept, where operations have made them bfloat16. */
    Tensor exact(Tensor tensor) {
        return mixed ? tensor.toType(type) : tensor;
    }

    /** Undefined numbers would do; these are 0. */
    Tensor zeros(long... shape) {
        return torch.zeros(shape, options());
    }

    TensorOptions options() {
        TensorOptions options = new TensorOptions(type);
        return options.device(new DeviceOptional(device));
    }

    /** What dropout's masks are drawn from. */
    Generator generator(long seed) {
        if (device.is_cpu()) return torch.make_generator_cpu(seed);
        Generator own = torch_cuda.make_generator_cuda();
        own.set_current_seed(seed);
        return own;
    }

    static String shape(Tensor tensor) {
        return LongStream.range(0, tensor.dim()).mapToObj(tensor::size).toList().toString();
    }

    static tunebook.core.Tensor download(Tensor tensor) {
        int[] shape = new int[(int) tensor.dim()];
        for (int i = 0; i < shape.length; i++) shape[i] = (int) tensor.size(i);
        Tensor host = tensor.detach().cpu().contiguous();
        int n = (int) host.numel();
        if (host.scalar_type().intern() == ScalarType.Double) {
            double[] numbers = new double[n];
            if (n > 0) host.data_ptr_double().get(numbers);
            return tunebook.core.Tensor.of(numbers, shape);
        }
        float[] numbers = new float[n];
        if (n > 0) host.data_ptr_float().get(numbers);
        return tunebook.core.Tensor.of(numbers, shape);
    }

    /** Waits until a card has done all that it was given: other threads may then use it. */
    void finish() {
        if (!device.is_cpu()) torch_cuda.device_synchronize();
    }

    long bytes() {
        return type == ScalarType.Double ? Double.BYTES : Float.BYTES;
    }
}
