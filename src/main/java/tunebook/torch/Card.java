package tunebook.torch;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.pytorch.Stat;
import org.bytedeco.pytorch.Stream;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_cuda;

/** The first NVIDIA card. */
final class Card {
    private static final byte FIRST = 0;

    private final AtomicInteger sessions = new AtomicInteger();

    private Card() {}

    /** Empty where libtorch's build for cards is not there, or finds none that it can use. */
    static Optional<Card> first() {
        try {
            return torch.cuda_is_available() ? Optional.of(new Card()) : Optional.empty();
        } catch (LinkageError noNatives) {
            return Optional.empty();
        }
    }

    String name() {
        return torch_cuda.getDeviceProperties(FIRST).name().getString();
    }

    /** An order of work of its own, beside those of others. */
    Stream order() {
        return torch_cuda.getStreamFromPool(false, FIRST).asStream();
    }

    /** Bytes for what may as well stay on the host: half of those that are free. */
    long room() {
        return torch.getMemoryInfo(FIRST).first() / 2;
    }

    /** A session begins: the peak is counted anew if it is alone. */
    void enter() {
        if (sessions.getAndIncrement() == 0) torch.resetPeakStats(FIRST);
    }

    void leave() {
        sessions.decrementAndGet();
    }

    /** Most bytes that tensors took at once since a session was alone. */
    long peakBytes() {
        return bytes().peak();
    }

    private static Stat bytes() {
        return torch.getDeviceStats(FIRST).allocated_bytes();
    }
}
