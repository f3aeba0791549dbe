package tunebook.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where rows stay: in memory while they fit, then in a file, otherwise nowhere. Thread-safe. */
final class Storage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);

    private final Space space;
    private final ReadWriteLock reading = new ReentrantReadWriteLock();
    private RowFile file;
    private long inMemory;
    private long inFile;
    private long refused;
    private String trouble = "";
    private boolean closed;

    Storage(Space space) {
        this.space = space;
    }

    /** A place for so many bytes, which are the caller's from now on. */
    enum Place {
        MEMORY,
        FILE,
        NOWHERE
    }

    synchronized Place reserve(int bytes) {
        if (!closed && bytes <= space.memory() - inMemory) {
            inMemory += bytes;
            return Place.MEMORY;
        }
        if (!closed && trouble.isEmpty() && bytes <= space.files() - inFile && diskHas(bytes)) {
            inFile += bytes;
            return Place.FILE;
        }
        refuse(bytes);
        return Place.NOWHERE;
    }

    /** Gives a place back that came to nothing. */
    synchronized void release(Place place, int bytes) {
        if (place == Place.MEMORY) inMemory -= bytes;
        if (place == Place.FILE) inFile -= bytes;
    }

    /** Whether anything can be kept at all. */
    boolean any() {
        return space.memory() > 0 || space.files() > 0;
    }

    private boolean diskHas(long bytes) {
        try {
            long free = Files.getFileStore(space.folder()).getUsableSpace();
            return free - bytes >= space.reserve();
        } catch (IOException e) {
            trouble(e);
            return false;
        }
    }

    private void trouble(IOException e) {
        boolean wordless = e instanceof FileSystemException;
        trouble =
                space.folder()
                        + " took no more ("
                        + (wordless ? e.getClass().getSimpleName() : e.getMessage())
                        + ")";
        LOG.warn("Rows below a cut are not kept in a file any more", e);
    }

    private void refuse(int bytes) {
        if (refused == 0 && any() && !closed)
            LOG.warn("No room for all rows below the cuts: they are computed again each time");
        refused += bytes;
    }

    /** Keeps bytes in their place; null where the disk would not take them. */
    ByteBuffer keep(Place place, byte[] bytes) {
        if (place == Place.MEMORY) return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        synchronized (this) {
            try {
                if (file == null && !closed && trouble.isEmpty())
                    file = new RowFile(space.folder());
                if (file != null && !closed) return file.append(bytes);
            } catch (IOException e) {
                trouble(e);
            }
            inFile -= bytes.length;
            refuse(bytes.length);
            return null;
        }
    }

    /** Reads what is kept; nothing is closed meanwhile. Empty once all is closed. */
    <R> Optional<R> read(Supplier<R> work) {
        Lock lock = reading.readLock();
        lock.lock();
        try {
            return closed() ? Optional.empty() : Optional.of(work.get());
        } finally {
            lock.unlock();
        }
    }

    private synchronized boolean closed() {
        return closed;
    }

    synchronized long memoryBytes() {
        return inMemory;
    }

    synchronized long fileBytes() {
        return inFile;
    }

    /** What found no room and why, in words; empty where all did. */
    synchronized String caution() {
        if (refused == 0 || !any()) return "";
        return String.format(
                java.util.Locale.ROOT,
                "%,d MiB of rows below the cuts found no room and were computed again each time: %s",
                Math.max(1, refused >> 20),
                trouble.isEmpty()
                        ? "memory and the disk of " + space.folder() + " have no more for them"
                        : trouble);
    }

    @Override
    public void close() {
        Lock lock = reading.writeLock();
        lock.lock();
        try {
            synchronized (this) {
                closed = true;
                if (file != null) file.close();
                file = null;
            }
        } catch (IOException e) {
            LOG.warn("The file of rows below the cuts was not closed well", e);
        } finally {
            lock.unlock();
        }
    }
}
