package tunebook.cli;

import java.util.ArrayList;
import java.util.List;

/** What a JVM needs that trains. */
final class JvmFlags {
    private static final long GIB = 1L << 30;

    private JvmFlags() {}

    static List<String> forThisMachine() {
        return of(Machine.memoryBytes(), Runtime.version().feature());
    }

    /**
     * The flags for a machine.
     *
     * @param memory bytes
     */
    static List<String> of(long memory, int java) {
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
        if (java >= 24) {
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + "m";
    }
}
