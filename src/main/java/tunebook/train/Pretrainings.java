package tunebook.train;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tunebook.core.Names;
import tunebook.core.TunebookException;
import tunebook.model.Bert;
import tunebook.model.Gpt2;
import tunebook.model.ResNet;
import tunebook.recipe.Settings.Decay;
import tunebook.recipe.Settings.Rates;

/** How the embedded backbones, and some others, are pre-trained. */
public final class Pretrainings {
    private static final Map<String, BiFunction<Integer, Long, Pretraining>> ALL =
            Map.of(
                    "tiny-english", Pretrainings::tinyEnglish,
                    "tiny-gpt", Pretrainings::tinyGpt,
                    "tiny-resnet", Pretrainings::tinyResnet,
                    "byte-decoder", Pretrainings::byteDecoder);

    private Pretrainings() {}

    /** Names of what can be made. */
    public static List<String> names() {
        return ALL.keySet().stream().sorted().toList();
    }

    /**
     * One of them.
     *
     * @throws TunebookException if there is none of this name
     */
    public static Pretraining named(String name, int steps, long seed) {
        BiFunction<Integer, Long, Pretraining> found = ALL.get(name);
        if (found == null) {
            throw new TunebookException(
                    "pretrain " + name,
                    "is not known",
                    Names.nearest(name, names()).map(n -> "nearest is " + n + "; ").orElse("")
                            + "what can be made: "
                            + String.join(", ", names()));
        }
        return found.apply(steps, seed);
    }

    /**
     * {@code tiny-english}: 3 layers of width 192, 8,000 word pieces, 128 positions. Four layers of
     * width 256 were tried: 2.4 times the work, and no better after 30 million tokens.
     */
    private static Pretraining tinyEnglish(int steps, long seed) {
        Bert model = new Bert(3, 192, 3, 768, 8000, 128, 2, 1e-12, 0.1, Bert.Pooling.MEAN);
        return new Pretraining(
                "tiny-english",
                model,
                Objective.MASKED_WORDS,
                steps,
                2048,
                new Rates(1e-3, 1, 0.05, Decay.LINEAR),
                seed,
                500);
    }

    /** {@code tiny-resnet}: ResNet-20 over painted pictures, 64 a step. */
    private static Pretraining tinyResnet(int steps, long seed) {
        return new Pretraining(
                "tiny-resnet",
                ResNet.cifar(20),
                Objective.PAINTINGS,
                steps,
                64,
                new Rates(2e-3, 1, 0.02, Decay.TRAPEZOID),
                seed,
                250);
    }

    /** {@code tiny-gpt}: 4 layers of width 256, 8,192 byte pairs, 256 positions. */
    private static Pretraining tinyGpt(int steps, long seed) {
        Gpt2 model = new Gpt2(4, 256, 4, 8192, 256, 1e-5, 0.1, Gpt2.Layout.CONV1D_TIED);
        return new Pretraining(
                "tiny-gpt",
                model,
                Objective.NEXT_TOKEN,
                steps,
                2048,
                new Rates(1.5e-3, 1, 0.02, Decay.SECOND_HALF),
                seed,
                500);
    }

    /** {@code byte-decoder}: 4 layers of width 128 over bytes, 128 positions. */
    private static Pretraining byteDecoder(int steps, long seed) {
        Gpt2 model = new Gpt2(4, 128, 4, 256, 128, 1e-5, 0, Gpt2.Layout.CONV1D_TIED);
        return new Pretraining(
                "byte-decoder",
                model,
                Objective.NEXT_TOKEN,
                steps,
                1024,
                new Rates(2e-3, 1, 0.05, Decay.COSINE),
                seed,
                500);
    }
}
