package tunebook.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a JVM needs that trains. */
final class JvmFlags {
    private static final long GIB = 1L << 30;

    private JvmFlags() {}

    static List<String> forThisMachine(Optional<String> natives) {
        return of(Machine.memoryBytes(), Runtime.version().feature(), natives);
    }

    /**
     * The flags for a machine.
     *
     * @param memory bytes
     * @param natives for example {@code linux-x86_64-onednn-avx2}
     */
    static List<String> of(long memory, int java, Optional<String> natives) {
        List<String> flags = new ArrayList<>();
        flags.add("-Xmx" + mebibytes(Math.min(memory / 2, 4 * GIB)));
        // a step leaves next to nothing on the heap: G1's regions and cards cost 580 MiB of a
        // study's 1,960 and
        // bought two percent of its time (2 cores, quickstart)
        flags.add("-XX:+UseSerialGC");
        // tensors live outside the heap: half of the memory, and never all of it together
        flags.add("-Dorg.bytedeco.javacpp.maxbytes=" + mebibytes(memory / 2));
        flags.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=" + mebibytes(memory / 10 * 9));
        flags.add("-Djava.awt.headless=true");
        natives.map(JvmFlags::extension)
                .filter(extension -> !extension.isEmpty())
                .ifPresent(e -> flags.add("-Dorg.bytedeco.javacpp.platform.extension=" + e));
        if (java >= 24) {
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }

    /** What follows system and processor: {@code -onednn-avx2}. */
    private static String extension(String natives) {
        return natives.replaceFirst("^[^-]+-[^-]+", "");
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + "m";
    }
}
