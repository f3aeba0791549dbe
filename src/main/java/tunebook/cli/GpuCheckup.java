package tunebook.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.nd4j.CudaCards;
import tunebook.torch.TorchEngine;

/** What the doctor says of NVIDIA cards and the two ways to compute on them. */
final class GpuCheckup {
    private GpuCheckup() {}

    /**
     * A card as its driver describes it.
     *
     * @param major of its compute capability
     */
    record Card(String name, int major, int minor) {
        private static final Pattern LINE = Pattern.compile("(.+), (\\d+)\\.(\\d+)");

        /** From a line "name, major.minor". */
        static Optional<Card> of(String line) {
            return Optional.of(LINE.matcher(line))
                    .filter(Matcher::matches)
                    .map(m -> new Card(m.group(1), number(m.group(2)), number(m.group(3))));
        }

        private static int number(String digits) {
            return Integer.parseInt(digits);
        }

        String words() {
            return name + ", compute capability " + major + "." + minor;
        }
    }

    static List<Finding> here(Installation installation) {
        Optional<Card> card =
                Machine.firstLine(
                                "nvidia-smi",
                                "--query-gpu=name,compute_cap",
                                "--format=csv,noheader")
                        .flatMap(Card::of);
        return of(card, installation, () -> TorchEngine.gpu(Precision.FLOAT));
    }

    /** Of a card, or none. */
    static List<Finding> of(
            Optional<Card> card, Installation installation, Supplier<Optional<Engine>> libtorch) {
        if (card.isEmpty()) return List.of(Finding.ok("GPU", "none; the CPU trains"));
        return List.of(
                Finding.ok("GPU", card.get().words()),
                libtorch(card.get(), installation, libtorch),
                nd4j(card.get(), installation));
    }

    private static Finding libtorch(
            Card card, Installation installation, Supplier<Optional<Engine>> engine) {
        if (card.major() < 7 || (card.major() == 7 && card.minor() < 5)) {
            return Finding.note(
                    "libtorch", "has code for compute capability 7.5 to 12.x only", "use the CPU");
        }
        if (!installation.has("pytorch-.*-gpu\\.jar")) {
            return Finding.note(
                    "libtorch", "not here for cards", "./tunebook kernel install --gpu");
        }
        return engine.get()
                .map(e -> Finding.ok("libtorch", e.device()))
                .orElse(
                        Finding.note(
                                "libtorch",
                                "finds no card that it can use",
                                "put CUDA 13's and cuDNN 9's libraries in LD_LIBRARY_PATH, and a"
                                        + " driver that knows CUDA 13"));
    }

    private static Finding nd4j(Card card, Installation installation) {
        boolean here = installation.has("nd4j-cuda-\\d.*\\.jar");
        boolean released = installation.has("nd4j-cuda-11\\..*\\.jar");
        boolean served = CudaCards.serves(card.major(), card.minor());
        if (here && !released) return Finding.ok("ND4J", "a CUDA build of its own: try it");
        if (here && !served) {
            return Finding.note(
                    "ND4J",
                    "its CUDA build has no code for this card and refuses it",
                    "build without -Pcuda");
        }
        String word = served ? "would serve this card" : "has no code for this card";
        return Finding.ok(
                "ND4J", here ? "computes on this card" : "its CUDA build (-Pcuda) " + word);
    }
}
