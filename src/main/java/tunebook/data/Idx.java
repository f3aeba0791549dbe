package tunebook.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tunebook.core.Shape;
import tunebook.core.TunebookException;

/**
 * An IDX file, the format of MNIST: bytes in some dimensions.
 *
 * @param shape sizes, outermost first: [pictures, height, width], or [labels]
 * @param values unsigned bytes, row-major; not to be changed
 * @see <a href="http://yann.lecun.com/exdb/mnist/">the format, at the end of the page</a>
 */
public record Idx(Shape shape, byte[] values) {
    private static final int LARGEST = 1 << 30;
    private static final int UNSIGNED_BYTES = 8;

    /** Checks that there are as many bytes as the shape has elements. */
    public Idx {
        if (shape.elements() != values.length) {
            throw new TunebookException(
                    "IDX of " + shape,
                    "needs " + shape.elements() + " bytes, got " + values.length,
                    "check the shape, or read the file again");
        }
    }

    /**
     * Reads a file, plain or packed with gzip.
     *
     * @throws TunebookException if the file is missing, is no IDX file of unsigned bytes, or is
     *     shorter or longer than it says
     */
    public static Idx read(Path file) {
        String where = file.toString();
        if (!Files.isRegularFile(file)) {
            throw new TunebookException(
                    where, "there is no such file", "check the path, or download it");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                InputStream bytes = new ChannelStream(channel, 0, channel.size());
                InputStream start = new ChannelStream(channel, 0, Math.min(2, channel.size()))) {
            boolean packed = start.read() == 0x1f && start.read() == 0x8b;
            return read(where, packed ? new GZIPInputStream(bytes, 1 << 16) : bytes);
        } catch (EOFException | ZipException e) {
            throw broken(where, "is cut off or broken: " + e.getMessage());
        } catch (IOException e) {
            throw new TunebookException(
                    where, "cannot be read: " + e, "check the file's rights", e);
        }
    }

    private static Idx read(String where, InputStream in) throws IOException {
        byte[] magic = in.readNBytes(4);
        if (magic.length < 4 || magic[0] != 0 || magic[1] != 0 || magic[3] < 1 || magic[3] > 8) {
            throw new TunebookException(
                    where,
                    "is no IDX file: its first bytes are not 0, 0, a type and a few dimensions",
                    "give a file as MNIST has them");
        }
        if (magic[2] != UNSIGNED_BYTES) {
            throw new TunebookException(
                    where,
                    "holds numbers of type 0x%02x, not unsigned bytes (0x08)".formatted(magic[2]),
                    "give a file of bytes");
        }
        ByteBuffer sizes = ByteBuffer.wrap(in.readNBytes(Integer.BYTES * magic[3]));
        int[] shape = new int[magic[3]];
        if (sizes.remaining() < Integer.BYTES * shape.length)
            throw new EOFException("it ends inside of its sizes");
        long elements = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = sizes.getInt();
            elements = shape[i] < 0 ? LARGEST + 1L : elements * shape[i];
            if (elements > LARGEST)
                throw broken(where, "says it has more than " + LARGEST + " bytes");
        }
        // Grows with what is there, so a header that lies costs nothing.
        byte[] values = in.readNBytes((int) elements);
        if (values.length < elements)
            throw broken(where, "is cut off: " + values.length + " bytes of " + elements);
        if (in.read() >= 0) throw broken(where, "goes on after its " + elements + " bytes");
        return new Idx(Shape.of(shape), values);
    }

    private static TunebookException broken(String where, String what) {
        return new TunebookException(where, what, "download or write the file again");
    }

    /**
     * One picture of [pictures, height, width].
     *
     * @throws TunebookException if there are other than three dimensions, or no such picture
     */
    public Picture picture(int i) {
        if (shape.rank() != 3 || i < 0 || i >= shape.size(0)) {
            throw new TunebookException(
                    "picture(" + i + ")",
                    "the file's shape is " + shape,
                    "count from 0, in a file of [pictures, height, width]");
        }
        int bytes = shape.size(1) * shape.size(2);
        byte[] one = new byte[bytes];
        System.arraycopy(values, i * bytes, one, 0, bytes);
        return new Picture(shape.size(1), shape.size(2), 1, one);
    }
}
