package tunebook.torch;

import org.junit.jupiter.api.Assumptions;
import tunebook.core.Engine;

/** libtorch's CPU build, where there is one for this platform. */
final class Libtorch {
    private Libtorch() {}

    /** An engine of two threads, or the test is skipped. */
    static Engine engine() {
        try {
            return TorchEngine.cpu(2);
        } catch (LinkageError none) {
            return Assumptions.abort("libtorch's natives are not here: " + none);
        }
    }
}
