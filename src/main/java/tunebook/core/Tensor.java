package tunebook.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * An array on the host: shape, element type, and little-endian bytes that nobody changes after
 * construction.
 */
public final class Tensor {
    private final ElementType type;
    private final Shape shape;
    private final ByteBuffer bytes;
    private final boolean outside;

    private Tensor(ElementType type, Shape shape, ByteBuffer bytes, boolean outside) {
        this.type = type;
        this.shape = shape;
        this.bytes = bytes;
        this.outside = outside;
    }

    /**
     * Wraps bytes without copying them.
     *
     * @throws TunebookException if the bytes are not as many as type and shape need
     */
    public static Tensor of(ElementType type, Shape shape, ByteBuffer bytes) {
        long need = Math.multiplyExact(shape.elements(), (long) type.bytes());
        if (need != bytes.remaining()) {
            throw new TunebookException(
                    "tensor " + type + " " + shape,
                    "needs " + need + " bytes, got " + bytes.remaining(),
                    "check the shape, or read the file again");
        }
        return new Tensor(
                type,
                shape,
                bytes.slice()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asReadOnlyBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN),
                false);
    }

    /** A float tensor with a copy of these values. */
    public static Tensor of(float[] values, int... sizes) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return of(ElementType.F32, Shape.of(sizes), bytes);
    }

    /** A double tensor with a copy of these values. */
    public static Tensor of(double[] values, int... sizes) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return of(ElementType.F64, Shape.of(sizes), bytes);
    }

    /** A float tensor of these rows, [rows, width], each rounded to nearest. */
    public static Tensor ofRows(double[][] rows) {
        int width = rows[0].length;
        float[] values = new float[rows.length * width];
        for (int i = 0; i < values.length; i++) values[i] = (float) rows[i / width][i % width];
        return of(values, rows.length, width);
    }

    /** How elements are stored. */
    public ElementType type() {
        return type;
    }

    /** Sizes, outermost first. */
    public Shape shape() {
        return shape;
    }

    /** A read-only view of the bytes, little-endian, from the first to the last. */
    public ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Element {@code i} in row-major order. */
    public double get(int i) {
        return type.get(bytes, i * type.bytes());
    }

    /** A copy of all elements as floats, row-major. */
    public float[] floats() {
        float[] values = new float[(int) shape.elements()];
        if (type == ElementType.F32) {
            floatView().get(values);
        } else {
            for (int i = 0; i < values.length; i++) values[i] = (float) get(i);
        }
        return values;
    }

    /** A copy of all elements as doubles, row-major. */
    public double[] doubles() {
        double[] values = new double[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) values[i] = get(i);
        return values;
    }

    /** A copy of a matrix as rows of doubles. */
    public double[][] rows() {
        int width = shape.size(1);
        double[][] rows = new double[shape.size(0)][width];
        for (int i = 0; i < rows.length; i++)
            for (int j = 0; j < width; j++) rows[i][j] = get(i * width + j);
        return rows;
    }

    /** A matrix with rows and columns exchanged, stored the same way. */
    public Tensor turned() {
        int rows = shape.size(0);
        int width = shape.size(1);
        ByteBuffer to = ByteBuffer.allocate(bytes.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < width; j++)
                type.put(to, (j * rows + i) * type.bytes(), get(i * width + j));
        return of(type, Shape.of(width, rows), to);
    }

    /** The same numbers stored another way, rounded to nearest. */
    public Tensor as(ElementType other) {
        if (other == type) return this;
        int n = (int) shape.elements();
        ByteBuffer to =
                ByteBuffer.allocate(Math.multiplyExact(n, other.bytes()))
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < n; i++) other.put(to, i * other.bytes(), get(i));
        return of(other, shape, to);
    }

    /**
     * The same in memory of its own outside the heap, where an engine on this machine may read it
     * as it stands; itself where it is not float, or a view of a file.
     */
    public Tensor outside() {
        if (outside || type != ElementType.F32 || bytes.isDirect()) return this;
        ByteBuffer own = ByteBuffer.allocateDirect(bytes.remaining());
        own.put(bytes()).flip();
        return new Tensor(type, shape, own.order(ByteOrder.LITTLE_ENDIAN), true);
    }

    /** Whether it is in memory of its own outside the heap, and no file can change it. */
    public boolean isOutside() {
        return outside;
    }

    private FloatBuffer floatView() {
        return bytes().asFloatBuffer();
    }

    @Override
    public String toString() {
        return type + " " + shape;
    }
}
