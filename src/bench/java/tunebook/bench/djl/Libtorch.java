package tunebook.bench.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Locale;
import tunebook.bench.work.Watch;

/** Which libtorch this JVM has, for the log: its version, threads and speed. */
final class Libtorch {
    private static final int SIZE = 1024;

    private Libtorch() {}

    static void say() {
        Engine engine = Engine.getInstance();
        double best = Double.POSITIVE_INFINITY;
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = manager.randomNormal(new Shape(SIZE, SIZE));
            for (int i = 0; i < 8; i++) {
                Watch watch = new Watch();
                x.matMul(x).close();
                best = Math.min(best, watch.seconds());
            }
        }
        System.err.printf(
                Locale.ROOT,
                "%s %s, %d threads, %d between operations, product of 1024 x 1024: %.0f GFLOP/s%n",
                engine.getEngineName(),
                engine.getVersion(),
                JniUtils.getNumThreads(),
                JniUtils.getNumInteropThreads(),
                2 * Math.pow(SIZE, 3) / best / 1e9);
    }
}
