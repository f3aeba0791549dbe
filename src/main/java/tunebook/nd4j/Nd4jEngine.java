package tunebook.nd4j;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

/** Computes on ND4J. */
public final class Nd4jEngine implements Engine {
    private final int threads;
    private final boolean plain;

    /**
     * @param threads for products and loops of one session, at least 1; sessions that run side by
     *     side want fewer each
     */
    public Nd4jEngine(int threads) {
        this(threads, !Backend.isCpu());
    }

    /**
     * The same in ND4J's operations alone, as on a card.
     *
     * @param plain whether float kernels that reach into memory stay unused
     */
    Nd4jEngine(int threads, boolean plain) {
        if (threads < 1) {
            throw new TunebookException("engine", threads + " threads", "give at least 1");
        }
        this.threads = threads;
        this.plain = plain;
        Backend.prepare();
    }

    @Override
    public String device() {
        return Backend.isCpu()
                ? Backend.device() + ", " + threads + (threads == 1 ? " thread" : " threads")
                : Backend.device();
    }

    @Override
    public OptionalLong free(long wanted) {
        return Backend.isCpu() ? OptionalLong.of(Memory.free(wanted)) : OptionalLong.empty();
    }

    @Override
    public Held hold(Weights weights, Precision precision) {
        if (precision == Precision.BFLOAT16) {
            throw new TunebookException(
                    device(), "has no products in bfloat16", "compute on a card, by libtorch");
        }
        DataType type = precision == Precision.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
        boolean fast = type == DataType.FLOAT && !plain;
        KernelPool kernels =
                new KernelPool(() -> fast ? new FloatKernels(threads) : new PlainKernels());
        return new HeldArrays(views(weights, type), type, new Arenas(), kernels);
    }

    private static Map<String, INDArray> views(Weights weights, DataType type) {
        Map<String, INDArray> arrays = new HashMap<>();
        weights.names().forEach(name -> arrays.put(name, Memory.view(weights.get(name), type)));
        return arrays;
    }

    @Override
    public Session open(Held frozen, Weights constants, Weights learning, long seed) {
        HeldArrays held = (HeldArrays) frozen;
        return new Nd4jSession(
                held, views(constants, held.type()), learning, held.kernels().take(), seed);
    }

    /**
     * Weights as arrays outside every workspace, and the workspaces and kernels of sessions over
     * them.
     */
    record HeldArrays(
            Map<String, INDArray> arrays, DataType type, Arenas arenas, KernelPool kernels)
            implements Held {
        INDArray get(String name) {
            INDArray array = arrays.get(name);
            if (array == null) {
                throw new TunebookException(
                        "weight " + name,
                        "is neither frozen nor learning here",
                        "give it to hold or open");
            }
            return array;
        }

        @Override
        public void close() {
            arrays.values().forEach(INDArray::close);
            arrays.clear();
            arenas.close();
            kernels.close();
        }
    }
}
