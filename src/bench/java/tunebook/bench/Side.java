package tunebook.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tunebook.bench.work.Setup;

/**
 * Who does the work.
 *
 * @param name in tables
 * @param launch what its JVM is started with
 * @param setup makes its worker
 * @param program in place of a JVM; it reads and says what {@link Child} does
 */
record Side(String name, Launch launch, Setup setup, Optional<Program> program) {
    /** A program of another language. */
    interface Program {
        /** Writes what it needs into a folder; its name and arguments. */
        List<String> command(Path folder) throws IOException;
    }

    /**
     * What a JVM is started with besides the driver's own flags.
     *
     * @param flags of Java
     * @param environment variables for OpenMP and glibc
     */
    record Launch(List<String> flags, Map<String, String> environment) {
        private static final Map<String, String> SLEEPING = Map.of("GOMP_SPINCOUNT", "0");

        /** As the notebook's kernel is started. */
        static final Launch TUNEBOOK =
                new Launch(
                        List.of(),
                        Map.of(
                                "GOMP_SPINCOUNT", "0",
                                "OMP_WAIT_POLICY", "PASSIVE",
                                "MALLOC_MMAP_THRESHOLD_", "1048576"));

        /** As DJL recommends it for a fixed number of threads; OpenMP as libtorch likes it. */
        static final Launch DJL =
                new Launch(
                        List.of(
                                "-Dai.djl.offline=true",
                                "-Dai.djl.pytorch.num_threads=" + Contender.THREADS,
                                "-Dai.djl.pytorch.num_interop_threads=1"),
                        Map.of());

        /** With oneDNN where its layers have a helper for it; sleeping threads serve it better. */
        static final Launch DL4J =
                new Launch(List.of("-Dorg.eclipse.deeplearning4j.helpers.disable=false"), SLEEPING);
    }

    static Side tunebook(Setup setup) {
        return tunebook("Tunebook", setup);
    }

    static Side tunebook(String name, Setup setup) {
        return new Side(name, Launch.TUNEBOOK, setup, Optional.empty());
    }

    static Side djl(Setup setup) {
        return new Side("DJL 0.36, libtorch 2.7.1", Launch.DJL, setup, Optional.empty());
    }

    static Side dl4j(Setup setup) {
        return new Side("DL4J 1.0.0-M2.1", Launch.DL4J, setup, Optional.empty());
    }

    static Side program(String name, Program program) {
        return new Side(name, new Launch(List.of(), Map.of()), null, Optional.of(program));
    }
}
