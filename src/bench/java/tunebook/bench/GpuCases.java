package tunebook.bench;

import static tunebook.Tunebook.featureExtraction;
import static tunebook.Tunebook.full;
import static tunebook.Tunebook.lora;
import static tunebook.Tunebook.partial;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tunebook.bench.own.OwnFit;
import tunebook.bench.own.OwnSteps;
import tunebook.bench.own.OwnStudy;
import tunebook.bench.peft.Cards;
import tunebook.bench.peft.Work;
import tunebook.bench.work.Encoders;
import tunebook.bench.work.Fit;
import tunebook.bench.work.Language;
import tunebook.bench.work.Reviews;
import tunebook.bench.work.Steps;
import tunebook.bench.work.Texts;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Windows;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.data.Batches;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Recipe;
import tunebook.study.Peak;

/**
 * What an NVIDIA card does, beside PyTorch with PEFT on the same card: first that it agrees with
 * the CPU, then steps, then epochs, then a study. On libtorch's CPU build the shapes are small.
 */
final class GpuCases {
    private static final boolean CARD = Cards.DEVICE.equals("cuda");
    private static final String PEER = "PyTorch + PEFT";
    private static final int BLOCKS = CARD ? 12 : 2;
    private static final int WIDTH = CARD ? 768 : 32;
    private static final int HEADS = CARD ? 12 : 2;
    private static final int EPOCHS = 10;

    private GpuCases() {}

    static List<Case> all() {
        List<Case> all = new ArrayList<>();
        all.add(agrees("gpu-agrees-bert", StepCases.large(full())));
        all.add(agrees("gpu-agrees-lora", StepCases.large(lora(8))));
        all.add(agrees("gpu-agrees-resnet", StepCases.pictures(2)));
        for (Precision p : List.of(Precision.FLOAT, Precision.BFLOAT16)) {
            all.add(bert("gpu-bert-full", full(), p, 32, 128));
            all.add(bert("gpu-bert-lora", lora(8).on("*.query|*.value"), p, 32, 128));
            all.add(bertFit("gpu-bert-partial-10", partial().last(1), p));
            all.add(bertFit("gpu-bert-features-10", featureExtraction(), p));
            all.add(gpt2("gpu-gpt2-full", full(), p));
            all.add(gpt2("gpu-gpt2-lora", lora(8).on("*.c_attn"), p));
            all.add(gpt2Fit("gpu-gpt2-partial-10", partial().last(1), p));
            all.add(gpt2Fit("gpu-gpt2-features-10", featureExtraction(), p));
        }
        all.add(bert("gpu-bert-full-large", full(), Precision.BFLOAT16, 128, 128));
        all.add(study());
        return all;
    }

    private static String name(String name, Precision precision) {
        return name + "-" + precision.name().toLowerCase(Locale.ROOT);
    }

    /** Losses on the card and on the CPU of the same steps. */
    private static Case agrees(String name, Steps steps) {
        return new Case(
                name,
                "s/unit",
                Goal.NONE,
                Side.tunebook(
                        "Tunebook, libtorch",
                        () -> new OwnSteps(steps, Cards.engine(Precision.FLOAT), Double.NaN)),
                Side.tunebook("Tunebook, ND4J", () -> new OwnSteps(steps)),
                Case.Terms.USUAL);
    }

    private static Case.Terms terms(Precision precision) {
        return new Case.Terms(precision == Precision.FLOAT ? 2e-3 : 0.05, 2, false);
    }

    private static OwnSteps own(Steps steps, Precision precision) {
        Engine engine = Cards.engine(precision);
        return new OwnSteps(steps, engine, Peak.measure(engine));
    }

    private static Case bert(String name, Recipe recipe, Precision p, int texts, int tokens) {
        List<Texts> batches = Texts.drawn(4, texts, tokens, Encoders.BASE_VOCABULARY, 1);
        Steps steps =
                new Steps(
                        () -> Encoders.tuning(recipe, Encoders.base(BLOCKS, WIDTH, HEADS)),
                        batches,
                        2e-5,
                        CARD ? 20 : 2);
        return steps(name, steps, batches.stream().map(Texts::ids).toList(), p);
    }

    private static Case gpt2(String name, Recipe recipe, Precision p) {
        List<Windows> batches = Windows.drawn(2, 16, CARD ? 512 : 16, Language.VOCABULARY, 1);
        Steps steps =
                new Steps(
                        () -> Language.tuning(recipe, Language.gpt2(BLOCKS, WIDTH, HEADS)),
                        batches,
                        2e-5,
                        CARD ? 5 : 2);
        return steps(name, steps, batches.stream().map(Windows::ids).toList(), p);
    }

    private static Case steps(String name, Steps steps, List<List<int[]>> ids, Precision p) {
        return new Case(
                name(name, p),
                "s/unit",
                Goal.atMost(1),
                Side.tunebook(() -> own(steps, p)),
                Side.program(PEER, folder -> Work.steps(folder, steps, ids, p)),
                terms(p));
    }

    private static Recipe ten(Recipe recipe, int batch) {
        return recipe.epochs(EPOCHS)
                .batchSize(batch)
                .patience(0)
                .learningRate(1e-3)
                .maxNorm(Double.POSITIVE_INFINITY);
    }

    /** Ten epochs of 16 batches; what is frozen is computed once, in every unit anew. */
    private static Case bertFit(String name, Recipe recipe, Precision p) {
        int tokens = CARD ? 128 : 16;
        Batches train = texts(CARD ? 512 : 64, tokens, 1);
        Batches validation = texts(CARD ? 64 : 16, tokens, 2);
        return fit(
                name,
                () ->
                        new Fit(
                                Encoders.tuning(
                                        ten(recipe, 32), Encoders.base(BLOCKS, WIDTH, HEADS)),
                                train,
                                validation),
                p);
    }

    private static Batches texts(int count, int tokens, long seed) {
        return Texts.drawn(1, count, tokens, Encoders.BASE_VOCABULARY, seed).get(0).batches();
    }

    private static Case gpt2Fit(String name, Recipe recipe, Precision p) {
        int tokens = CARD ? 512 : 16;
        return fit(
                name,
                () ->
                        new Fit(
                                Language.tuning(
                                        ten(recipe, 16), Language.gpt2(BLOCKS, WIDTH, HEADS)),
                                windows(CARD ? 64 : 32, tokens, 1),
                                windows(1, tokens, 2)),
                p);
    }

    private static Batches windows(int count, int tokens, long seed) {
        return Windows.drawn(1, count, tokens, Language.VOCABULARY, seed).get(0).batches();
    }

    private interface Run {
        Fit get();
    }

    private static Case fit(String name, Run run, Precision p) {
        return new Case(
                name(name, p),
                "s/unit",
                Goal.atMost(0.2),
                Side.tunebook(() -> new OwnFit(run.get(), Cards.engine(p))),
                Side.program(PEER, folder -> Work.fit(folder, run.get(), p)),
                new Case.Terms(p == Precision.FLOAT ? 5e-3 : 0.1, 1, false));
    }

    /** 7 recipes x 5 seeds of tiny-english on the card, over the same on two cores. */
    private static Case study() {
        return new Case(
                "gpu-study-7x5",
                "s/study",
                Goal.atMost(1 / 8.0),
                Side.tunebook(
                        () ->
                                new OwnStudy(
                                        OwnStudy.over(Reviews.recipes(), CARD ? 5 : 1)
                                                .on(threads -> Cards.engine(Precision.FLOAT)),
                                        Watch::seconds)),
                Side.tunebook(
                        "Tunebook, 2 cores",
                        () ->
                                new OwnStudy(
                                        OwnStudy.over(Reviews.recipes(), CARD ? 5 : 1)
                                                .workers(2)
                                                .on(threads -> new Nd4jEngine(1)),
                                        Watch::seconds)),
                new Case.Terms(0.05, CARD ? 1 : 0, false));
    }
}
