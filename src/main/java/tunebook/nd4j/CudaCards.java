package tunebook.nd4j;

import java.util.Optional;
import tunebook.core.TunebookException;

/**
 * Which NVIDIA cards ND4J's released CUDA builds, 11.4 and 11.6, have machine code for: compute
 * capability 3.7, 5.0 to 6.1, 7.0, 7.5, 8.0 and 8.6, which 8.9 runs too. They hold nothing that a
 * newer card could translate.
 */
public final class CudaCards {
    private CudaCards() {}

    /** Whether a card can run that code. */
    public static boolean serves(int major, int minor) {
        return (major >= 5 && major <= 8) || (major == 3 && minor == 7);
    }

    /** What a card is refused with; empty where it is served. */
    static Optional<TunebookException> refusal(String card, int major, int minor) {
        if (serves(major, minor)) return Optional.empty();
        return Optional.of(
                new TunebookException(
                        card,
                        "has compute capability "
                                + major
                                + "."
                                + minor
                                + ", which ND4J's CUDA build has no code for (3.7, 5.0 to 8.9)",
                        "build without -Pcuda; study.on(gpu()) serves 7.5 to 12.x by libtorch"));
    }
}
