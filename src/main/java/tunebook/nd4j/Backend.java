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

    /**
     * Makes every call of OpenBLAS single-threaded; {@link FloatKernels} divides the work itself.
     */
    static void singleThreadedProducts() {
        if (CPU) openblas.blas_set_num_threads(1);
    }
}
