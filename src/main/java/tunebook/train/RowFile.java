package tunebook.train;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary file that grows, and what was written mapped into memory. Bytes are written before
 * they are mapped: a full disk is then an exception, where writing into a mapping would end the
 * process.
 */
final class RowFile implements AutoCloseable {
    private final Path path;
    private final RandomAccessFile file;

    RowFile(Path folder) throws IOException {
        this.path = Files.createTempFile(folder, "tunebook-rows-", ".tmp");
        this.file = new RandomAccessFile(path.toFile(), "rw");
        try {
            // without a name nothing is left even of a killed process
            Files.delete(path);
        } catch (IOException keepsItsNameWhileItIsOpen) {
            path.toFile().deleteOnExit();
        }
    }

    /**
     * The bytes again, from the file.
     *
     * @throws IOException if the disk is full; the file is as it was then
     */
    ByteBuffer append(byte[] bytes) throws IOException {
        long at = file.length();
        try {
            file.seek(at);
            file.write(bytes);
            return file.getChannel()
                    .map(MapMode.READ_ONLY, at, bytes.length)
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            if (file.getChannel().isOpen()) file.setLength(at);
            throw e;
        }
    }

    /** Gives the space back at once, though mappings go later: they must not be read any more. */
    @Override
    public void close() throws IOException {
        try (file) {
            file.setLength(0);
        } finally {
            Files.deleteIfExists(path);
        }
    }
}
