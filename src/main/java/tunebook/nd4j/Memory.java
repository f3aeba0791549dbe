package tunebook.nd4j;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.ElementType;
import tunebook.core.Shape;
import tunebook.core.Tensor;

/**
 * Arrays between host and ND4J. The one place where memory is reached past ND4J's interface, on the
 * CPU backend only.
 */
final class Memory {
    /** After so many what is left is in use. */
    private static final int COLLECTIONS = 5;

    private Memory() {}

    private static void onTheCpu() {
        if (!Backend.isCpu())
            throw new IllegalStateException("memory of a card has no address here");
    }

    /** The elements of a dense float array on the CPU, as a buffer over the same memory. */
    static FloatBuffer floats(INDArray array) {
        onTheCpu();
        FloatBuffer all =
                array.data()
                        .pointer()
                        .asByteBuffer()
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        int from = (int) array.offset();
        return all.slice(from, (int) array.length());
    }

    /** The same memory as an address for OpenBLAS. */
    static FloatPointer pointer(INDArray array) {
        onTheCpu();
        FloatPointer pointer = new FloatPointer(array.data().pointer());
        return array.offset() == 0 ? pointer : pointer.getPointer(array.offset());
    }

    static INDArray upload(Tensor tensor, DataType type) {
        INDArray array = Nd4j.createUninitialized(type, shape(tensor), 'c');
        put(tensor, array);
        return array;
    }

    /**
     * An array for reading alone: the tensor's own memory where that may be, which then lives as
     * long as the array; else a copy.
     */
    static INDArray view(Tensor tensor, DataType type) {
        if (type != DataType.FLOAT || !tensor.isOutside() || !Backend.isCpu())
            return upload(tensor, type);
        FloatPointer numbers = new FloatPointer(tensor.bytes().asFloatBuffer());
        long length = tensor.shape().elements();
        return Nd4j.create(Nd4j.createBuffer(numbers, length, type), shape(tensor));
    }

    private static long[] shape(Tensor tensor) {
        return tensor.shape().sizes().stream().mapToLong(Integer::longValue).toArray();
    }

    /** Numbers, row-major. */
    static INDArray upload(double[] numbers, DataType type, long... shape) {
        INDArray array = Nd4j.createUninitialized(type, shape, 'c');
        if (type == DataType.FLOAT && Backend.isCpu()) {
            FloatBuffer to = floats(array);
            for (int i = 0; i < numbers.length; i++) to.put(i, (float) numbers[i]);
        } else {
            array.assign(Nd4j.createFromArray(numbers).reshape('c', shape));
        }
        return array;
    }

    /** Overwrites a dense array. */
    static void put(Tensor tensor, INDArray array) {
        if (array.dataType() == DataType.FLOAT && Backend.isCpu()) {
            if (tensor.type() == ElementType.F32) floats(array).put(tensor.bytes().asFloatBuffer());
            else floats(array).put(tensor.floats());
        } else {
            INDArray flat =
                    array.dataType() == DataType.FLOAT
                            ? Nd4j.createFromArray(tensor.floats())
                            : Nd4j.createFromArray(tensor.doubles());
            array.assign(flat.reshape('c', array.shape()));
        }
    }

    /**
     * Bytes outside the heap that the system, and JavaCPP's own bounds, leave. Arrays that nobody
     * reaches any more hold theirs until the collector has run and ND4J's thread has seen it; so
     * where less than wanted is free, that is waited for.
     */
    static long free(long wanted) {
        return free(wanted, Memory::free);
    }

    static long free(long wanted, LongSupplier now) {
        long free = now.getAsLong();
        for (int i = 0; free < wanted && i < COLLECTIONS; i++) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            free = now.getAsLong();
        }
        return free;
    }

    private static long free() {
        long free = Pointer.availablePhysicalBytes();
        if (Pointer.maxBytes() > 0)
            free = Math.min(free, Pointer.maxBytes() - Pointer.totalBytes());
        long physical = Pointer.maxPhysicalBytes();
        return physical > 0 ? Math.min(free, physical - Pointer.physicalBytes()) : free;
    }

    static Tensor download(INDArray array) {
        int[] shape = new int[array.rank()];
        for (int i = 0; i < shape.length; i++) shape[i] = (int) array.size(i);
        if (array.dataType() == DataType.DOUBLE)
            return Tensor.of(array.dup('c').data().asDouble(), shape);
        if (!Backend.isCpu()) return Tensor.of(array.dup('c').data().asFloat(), shape);
        float[] values = new float[(int) array.length()];
        floats(array).get(values);
        return Tensor.of(values, shape);
    }

    static long bytes(Shape shape, DataType type) {
        return shape.elements()
                * (type == DataType.DOUBLE ? ElementType.F64 : ElementType.F32).bytes();
    }
}
