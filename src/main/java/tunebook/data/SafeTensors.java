package tunebook.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

/**
 * Files of named tensors: eight bytes of length, a JSON header, then the tensors' bytes without
 * holes. Whatever is not exactly that is refused before memory is taken for it.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class SafeTensors {
    /** What Hugging Face's readers want a file to say about itself. */
    public static final Map<String, String> METADATA = Map.of("format", "pt");

    private SafeTensors() {}

    /**
     * The tensors of a file, as views of the mapped file: only what is looked at is read from disk.
     * The file may be replaced meanwhile, but not changed in place.
     *
     * @throws TunebookException if the file is missing or not safetensors to the letter
     */
    public static Weights read(Path file) {
        return open(
                file,
                (channel, size) -> {
                    Header header = header(file, channel, size);
                    ByteBuffer whole = size <= Integer.MAX_VALUE ? map(channel, 0, size) : null;
                    Map<String, Tensor> tensors = new HashMap<>();
                    for (Header.Entry entry : header.entries()) {
                        long from = header.dataStart() + entry.begin();
                        ByteBuffer bytes =
                                whole == null
                                        ? map(channel, from, entry.bytes())
                                        : whole.slice((int) from, (int) entry.bytes());
                        tensors.put(entry.name(), Tensor.of(entry.type(), entry.shape(), bytes));
                    }
                    return Weights.of(tensors);
                });
    }

    /**
     * The tensors of a file that is in memory already, as views of it.
     *
     * @param where what the bytes are, for errors
     * @param file the whole file, from the buffer's position to its limit
     * @throws TunebookException if the bytes are not safetensors to the letter
     */
    public static Weights read(String where, ByteBuffer file) {
        ByteBuffer bytes = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        long length = Header.length(where, bytes, bytes.capacity());
        Header header =
                Header.parse(where, bytes.slice(Header.PREFIX, (int) length), bytes.capacity());
        Map<String, Tensor> tensors = new HashMap<>();
        for (Header.Entry entry : header.entries()) {
            int from = (int) (header.dataStart() + entry.begin());
            ByteBuffer view = bytes.slice(from, (int) entry.bytes());
            tensors.put(entry.name(), Tensor.of(entry.type(), entry.shape(), view));
        }
        return Weights.of(tensors);
    }

    /**
     * What the file says about itself: its {@code __metadata__}, empty where there is none.
     *
     * @throws TunebookException as {@link #read(Path)}
     */
    public static Map<String, String> metadata(Path file) {
        return open(file, (channel, size) -> header(file, channel, size).metadata());
    }

    /**
     * Writes tensors in one step: whoever reads sees the old file or the new one. Equal weights and
     * metadata give equal bytes.
     *
     * @throws TunebookException if the file cannot be written; what was there stays
     */
    public static void write(Path file, Weights weights, Map<String, String> metadata) {
        Header header = Header.of(weights, metadata);
        byte[] head = header.json();
        try {
            AtomicFile.write(
                    file,
                    temporary -> {
                        try (FileChannel channel =
                                FileChannel.open(
                                        temporary,
                                        StandardOpenOption.WRITE,
                                        StandardOpenOption.CREATE_NEW)) {
                            ByteBuffer length =
                                    ByteBuffer.allocate(Header.PREFIX)
                                            .order(ByteOrder.LITTLE_ENDIAN);
                            putAll(channel, length.putLong(0, head.length));
                            putAll(channel, ByteBuffer.wrap(head));
                            for (Header.Entry entry : header.entries())
                                putAll(channel, weights.get(entry.name()).bytes());
                            channel.force(true);
                        }
                    });
        } catch (IOException e) {
            throw new TunebookException(
                    file.toString(),
                    "cannot be written: " + e,
                    "check the folder, its rights and the space left",
                    e);
        }
    }

    /** The bytes that {@link #write} would write. */
    public static byte[] bytes(Weights weights, Map<String, String> metadata) {
        Header header = Header.of(weights, metadata);
        byte[] head = header.json();
        ByteBuffer all =
                ByteBuffer.allocate(Math.toIntExact(header.size())).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(head.length).put(head);
        for (Header.Entry entry : header.entries()) all.put(weights.get(entry.name()).bytes());
        return all.array();
    }

    /** How many bytes {@link #write} would write of floats of these shapes. */
    public static long size(Map<String, Shape> floats, Map<String, String> metadata) {
        return Header.ofFloats(floats, metadata).size();
    }

    private interface Use<T> {
        T of(FileChannel channel, long size) throws IOException;
    }

    private static <T> T open(Path file, Use<T> use) {
        if (!Files.isRegularFile(file)) {
            throw new TunebookException(
                    file.toString(), "there is no such file", "check the path, or download it");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return use.of(channel, channel.size());
        } catch (IOException e) {
            throw new TunebookException(
                    file.toString(), "cannot be read: " + e, "check the file's rights", e);
        }
    }

    private static Header header(Path file, FileChannel channel, long size) throws IOException {
        String where = file.toString();
        ByteBuffer prefix = map(channel, 0, Math.min(size, Header.PREFIX));
        long length = Header.length(where, prefix, size);
        return Header.parse(where, map(channel, Header.PREFIX, length), size);
    }

    private static ByteBuffer map(FileChannel channel, long from, long bytes) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, from, bytes)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void putAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) channel.write(bytes);
    }
}
