package tunebook.bench;

import java.util.List;
import tunebook.bench.work.Setup;

/**
 * Who does the work.
 *
 * @param name in tables
 * @param runtime what its JVM is started with
 * @param setup makes its worker
 */
record Side(String name, Runtime runtime, Setup setup) {
    /** What a JVM is started with besides the driver's own flags. */
    enum Runtime {
        /** libnd4j's OpenMP threads sleep at once: ours and the JIT's threads work between. */
        TUNEBOOK(List.of(), true),
        /** As DJL recommends it for a fixed number of threads; OpenMP as libtorch likes it. */
        DJL(
                List.of(
                        "-Dai.djl.offline=true",
                        "-Dai.djl.pytorch.num_threads=" + Contender.THREADS,
                        "-Dai.djl.pytorch.num_interop_threads=1"),
                false),
        /** With oneDNN where its layers have a helper for it; sleeping threads serve it better. */
        DL4J(List.of("-Dorg.eclipse.deeplearning4j.helpers.disable=false"), true);

        final List<String> flags;
        final boolean sleeps;

        Runtime(List<String> flags, boolean sleeps) {
            this.flags = flags;
            this.sleeps = sleeps;
        }
    }

    static Side tunebook(Setup setup) {
        return tunebook("Tunebook", setup);
    }

    static Side tunebook(String name, Setup setup) {
        return new Side(name, Runtime.TUNEBOOK, setup);
    }

    static Side djl(Setup setup) {
        return new Side("DJL 0.36, libtorch 2.7.1", Runtime.DJL, setup);
    }

    static Side dl4j(Setup setup) {
        return new Side("DL4J 1.0.0-M2.1", Runtime.DL4J, setup);
    }
}
