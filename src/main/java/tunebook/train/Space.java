package tunebook.train;

import java.nio.file.Path;
import tunebook.core.TunebookException;

/**
 * How much room there is for rows below a cut.
 *
 * @param memory most bytes on the heap
 * @param files most bytes in a temporary file, once the memory is full
 * @param reserve bytes of the folder's disk that always stay free
 * @param folder of the file; it goes when it is closed, and with the process
 */
public record Space(long memory, long files, long reserve, Path folder) {
    private static final long RESERVE = 2L << 30;

    /** Checks the sizes. */
    public Space {
        if (memory < 0 || files < 0 || reserve < 0) {
            throw new TunebookException(
                    "space for rows",
                    memory + " bytes of memory, " + files + " of files, reserve " + reserve,
                    "give 0 or more");
        }
    }

    /** Memory alone. */
    public static Space memory(long bytes) {
        return new Space(bytes, 0, RESERVE, temporary());
    }

    /**
     * A quarter of the heap, but at most half of what is free of it now; then the disk of the
     * folder for temporary files ({@code java.io.tmpdir}) up to its last two GiB.
     */
    public static Space ofMachine() {
        Runtime runtime = Runtime.getRuntime();
        long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        long memory = Math.min(runtime.maxMemory() / 4, Math.max(0, free) / 2);
        return new Space(memory, Long.MAX_VALUE, RESERVE, temporary());
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
