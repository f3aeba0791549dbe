package tunebook.nd4j;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;

/** What ND4J computes on here. */
final class Backend {
    private static final boolean CPU =
            Nd4j.getBackend().getClass().getSimpleName().startsWith("Cpu");

    private Backend() {}

    static boolean isCpu() {
        return CPU;
    }

    /** Threads for products of this process; OpenBLAS has one setting for all. */
    static void threads(int count) {
        if (CPU) openblas.blas_set_num_threads(count);
    }
}
