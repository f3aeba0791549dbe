package tunebook.bench.peft;

import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.TunebookException;
import tunebook.torch.TorchEngine;

/** The engine that is measured: the first NVIDIA card's, or libtorch's CPU build to try it out. */
public final class Cards {
    /** {@code cuda} or {@code cpu}. */
    public static final String DEVICE = System.getProperty("bench.device", "cuda");

    private static final long ROOM = 1L << 30;

    private Cards() {}

    /** An engine that trains in a precision. */
    public static Engine engine(Precision training) {
        if (DEVICE.equals("cpu"))
            return TorchEngine.cpu(Runtime.getRuntime().availableProcessors(), training, ROOM);
        return TorchEngine.gpu(training)
                .orElseThrow(
                        () ->
                                new TunebookException(
                                        "bench --gpu",
                                        "libtorch finds no card",
                                        "put CUDA 13's and cuDNN 9's libraries in"
                                                + " LD_LIBRARY_PATH; ./tunebook doctor"));
    }
}
