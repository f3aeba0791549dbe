package tunebook.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import tunebook.core.Shape;
import tunebook.core.Tensor;

/**
 * A tensor as a pickle describes it: a window on a storage, whose bytes lie elsewhere in the file.
 * All numbers are in elements.
 */
record TorchTensor(Storage storage, TorchType type, long offset, long[] sizes, long[] strides) {
    private static final int MOST_DIMENSIONS = 16;

    /**
     * Numbers in a row.
     *
     * @param key under which the file keeps them
     * @param kept how many it keeps
     * @param from the first that is meant
     * @param elements how many are meant
     */
    record Storage(String key, TorchType type, long kept, long from, long elements) {
        /** Checks that what is meant is kept. */
        Storage {
            if (kept < 0 || kept > Integer.MAX_VALUE / type.bytes())
                throw new IllegalArgumentException(
                        "storage " + HeaderReader.shown(key) + " has " + kept + " elements");
            if (from < 0 || elements < 0 || from > kept || elements > kept - from)
                throw new IllegalArgumentException(
                        "a view of "
                                + elements
                                + " elements from "
                                + from
                                + " leaves its storage of "
                                + kept);
        }
    }

    /** Checks that every element lies in the storage. */
    TorchTensor {
        boolean fits = type != TorchType.UNTYPED && sizes.length == strides.length;
        if (!fits || sizes.length > MOST_DIMENSIONS || !fits(storage, type, offset, sizes, strides))
            throw new IllegalArgumentException(
                    "a tensor of sizes "
                            + Arrays.toString(sizes)
                            + ", strides "
                            + Arrays.toString(strides)
                            + " and offset "
                            + offset
                            + " does not fit into its storage of "
                            + storage.elements());
    }

    private static boolean fits(
            Storage storage, TorchType type, long offset, long[] sizes, long[] strides) {
        long held = storage.elements() * storage.type().bytes() / type.bytes();
        long elements = 1;
        long last = offset;
        try {
            for (int i = 0; i < sizes.length; i++) {
                if (sizes[i] < 0 || strides[i] < 0) return false;
                elements = Math.multiplyExact(elements, Math.toIntExact(sizes[i]));
                last = Math.addExact(last, Math.multiplyExact(sizes[i] - 1, strides[i]));
            }
            Math.toIntExact(Math.multiplyExact(elements, Math.max(type.bytes(), 4)));
        } catch (ArithmeticException tooLarge) {
            return false;
        }
        return offset >= 0 && offset <= held && elements <= held && (elements == 0 || last < held);
    }

    /** Bytes that {@link #read} takes beside those of the file. */
    long copied() {
        return type.asIs() && isPlain() ? 0 : elements() * type.read().bytes();
    }

    private long first() {
        return storage.from() * storage.type().bytes() / type.bytes() + offset;
    }

    private long elements() {
        return Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    }

    private boolean isPlain() {
        long step = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            if (sizes[i] != 1 && strides[i] != step) return elements() == 0;
            step *= sizes[i];
        }
        return true;
    }

    /**
     * The tensor, row-major: a view where it can be one, else a copy.
     *
     * @param bytes all that is kept under the storage's key, little-endian
     */
    Tensor read(ByteBuffer bytes) {
        Shape shape = Shape.of(Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray());
        int elements = Math.toIntExact(elements());
        if (copied() == 0) {
            int from = elements == 0 ? 0 : Math.toIntExact(first() * type.bytes());
            return Tensor.of(type.read(), shape, bytes.slice(from, elements * type.bytes()));
        }
        ByteBuffer copy = ByteBuffer.allocate(Math.toIntExact(copied()));
        copy.order(ByteOrder.LITTLE_ENDIAN);
        int[] at = new int[sizes.length];
        long from = first();
        for (int i = 0; i < elements; i++) {
            type.move(bytes, Math.toIntExact(from * type.bytes()), copy);
            from = next(at, from);
        }
        return Tensor.of(type.read(), shape, copy.flip());
    }

    /** Counts {@code at} on by one, and gives the place in the storage. */
    private long next(int[] at, long from) {
        long place = from;
        for (int i = sizes.length - 1; i >= 0; i--) {
            place += strides[i];
            if (++at[i] < sizes[i]) return place;
            place -= sizes[i] * strides[i];
            at[i] = 0;
        }
        return place;
    }
}
