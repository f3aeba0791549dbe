package tunebook.dl4j;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.TunebookException;

/** The one array in which DL4J keeps all parameters: ND4J's own format, with every size checked. */
final class Coefficients {
    /** Entries of a shape besides sizes and strides: rank, options, element stride, order. */
    private static final int OTHERS = 4;

    private final String where;
    private final DataInputStream in;

    private Coefficients(String where, InputStream in) {
        this.where = where;
        this.in = new DataInputStream(in);
    }

    /**
     * Reads as many numbers as a network has, [1, numbers].
     *
     * @throws TunebookException if there are others, or something else is there
     */
    static INDArray read(String where, InputStream in, long numbers) {
        try {
            return new Coefficients(where, in).read(numbers);
        } catch (IOException e) {
            throw new TunebookException(where, "ends too early: " + e, "fetch it again", e);
        }
    }

    private INDArray read(long numbers) throws IOException {
        vector(numbers);
        Buffer data = buffer();
        int width = data.type().equals("FLOAT") ? 4 : data.type().equals("DOUBLE") ? 8 : 0;
        if (width == 0) throw old("numbers of type " + data.type());
        if (data.length() != numbers) throw misfit(data.length(), numbers);
        if (numbers > Integer.MAX_VALUE / width)
            throw new TunebookException(
                    where, "holds " + numbers + " numbers", "they are too many");
        byte[] bytes = in.readNBytes((int) numbers * width);
        if (bytes.length < numbers * width) throw new EOFException("no more numbers");
        return width == 4 ? floats(ByteBuffer.wrap(bytes)) : doubles(ByteBuffer.wrap(bytes));
    }

    private static INDArray floats(ByteBuffer bytes) {
        float[] values = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(values);
        return Nd4j.create(values, new long[] {1, values.length}, 'c');
    }

    private static INDArray doubles(ByteBuffer bytes) {
        double[] values = new double[bytes.remaining() / 8];
        bytes.asDoubleBuffer().get(values);
        return Nd4j.create(values, new long[] {1, values.length}, 'c');
    }

    /** The array's shape: of a vector, strides and order say nothing. */
    private void vector(long numbers) throws IOException {
        Buffer shape = buffer();
        long rank = in.readLong();
        boolean known = shape.type().equals("LONG") && (rank == 1 || rank == 2);
        if (!known || shape.length() != 2 * rank + OTHERS)
            throw old("a shape of " + shape.length() + " " + shape.type());
        long rows = rank == 1 ? 1 : in.readLong();
        long columns = in.readLong();
        if (rows != 1 || columns != numbers) throw misfit(columns, numbers);
        for (long i = 0; i < rank + OTHERS - 1; i++) in.readLong();
    }

    private record Buffer(long length, String type) {}

    /** What a buffer begins with; how it was allocated does not matter. */
    private Buffer buffer() throws IOException {
        String allocation = in.readUTF();
        if (!allocation.equals("MIXED_DATA_TYPES") && !allocation.equals("LONG_SHAPE"))
            throw old("a buffer of another kind");
        return new Buffer(in.readLong(), in.readUTF());
    }

    private TunebookException misfit(long got, long want) {
        return new TunebookException(
                where,
                "holds " + got + " numbers where the configuration makes " + want,
                "take configuration and coefficients of one network");
    }

    private TunebookException old(String what) {
        return new TunebookException(
                where,
                "holds " + what + ", which is not what DL4J 1.0.0-M2.1 writes",
                "load the network there, in float or double, and save it again");
    }
}
