package tunebook.nd4j;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** What ND4J computes on here. */
final class Backend {
    private static final boolean CPU =
            Nd4j.getBackend().getClass().getSimpleName().startsWith("Cpu");

    private Backend() {}

    static boolean isCpu() {
        return CPU;
    }

    /** In words, without threads. */
    static String device() {
        return CPU ? "CPU" : "ND4J, " + card().getDeviceName(0);
    }

    /**
     * Makes every call of OpenBLAS single-threaded: {@link FloatKernels} divides the work itself.
     *
     * @throws tunebook.core.TunebookException if there is a card that has no code here
     */
    static void prepare() {
        if (CPU) openblas.blas_set_num_threads(1);
        else if (isReleased())
            CudaCards.refusal(
                            card().getDeviceName(0),
                            card().getDeviceMajor(0),
                            card().getDeviceMinor(0))
                    .ifPresent(
                            refusal -> {
                                throw refusal;
                            });
    }

    private static NativeOps card() {
        return NativeOpsHolder.getInstance().getDeviceNativeOps();
    }

    /** Of snapshots it is not known which cards they serve. */
    private static boolean isReleased() {
        var source = Nd4j.getBackend().getClass().getProtectionDomain().getCodeSource();
        return source.getLocation().getPath().contains("nd4j-cuda-11.");
    }
}
