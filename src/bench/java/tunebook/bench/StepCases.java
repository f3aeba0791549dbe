package tunebook.bench;

import static tunebook.Tunebook.full;
import static tunebook.Tunebook.lora;
import static tunebook.Tunebook.untrained;

import java.util.List;
import tunebook.bench.djl.DjlSteps;
import tunebook.bench.dl4j.Dl4jSteps;
import tunebook.bench.own.OwnSteps;
import tunebook.bench.work.Encoders;
import tunebook.bench.work.Pictures;
import tunebook.bench.work.Steps;
import tunebook.bench.work.Texts;
import tunebook.core.Adam;
import tunebook.model.Backbone;
import tunebook.model.Head;
import tunebook.model.ResNet;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;

/** Training steps of encoders over texts that are all equally long, and of ResNet-20. */
final class StepCases {
    private static final String SECONDS = "s/unit";

    private StepCases() {}

    static List<Case> all() {
        return List.of(
                djl("full-384", large(full()), 0.95),
                djl("full-128", small(), 0.9),
                djl("lora-384", large(lora(8)), 0.85),
                new Case(
                        "lora-384-of-full",
                        SECONDS,
                        Goal.atMost(0.7),
                        Side.tunebook(() -> new OwnSteps(large(lora(8)))),
                        Side.tunebook("Tunebook, full", () -> new OwnSteps(large(full()))),
                        Case.Terms.USUAL.unlike()),
                djl("resnet20", pictures(4), 1),
                new Case(
                        "resnet20-dl4j",
                        SECONDS,
                        Goal.atMost(0.5),
                        Side.tunebook(() -> new OwnSteps(pictures(1))),
                        Side.dl4j(() -> new Dl4jSteps(pictures(1))),
                        Case.Terms.USUAL));
    }

    /** 6 blocks of width 384, 16 texts of 64 tokens. */
    static Steps large(Recipe recipe) {
        return new Steps(
                () -> Encoders.tuning(recipe, Encoders.bert(6, 384, 12)),
                Texts.drawn(4, 16, 64, Encoders.VOCABULARY, Encoders.SEED),
                1e-4,
                2);
    }

    /** 2 blocks of width 128, 32 texts of 64 tokens. */
    private static Steps small() {
        return new Steps(
                () -> Encoders.tuning(full(), Encoders.bert(2, 128, 2)),
                Texts.drawn(8, 32, 64, Encoders.VOCABULARY, Encoders.SEED),
                2e-4,
                16);
    }

    /**
     * ResNet-20 over 64 pictures of 32 x 32, norms in training mode; DL4J has ε as Kingma and Ba.
     */
    static Steps pictures(int perUnit) {
        return new Steps(
                () -> {
                    Backbone backbone = untrained(ResNet.cifar(20));
                    Head head = backbone.model().classifier(10);
                    return Tuning.of(full(), backbone, head, Encoders.SEED);
                },
                Pictures.drawn(4, 64, 32, 3, Encoders.SEED),
                new Adam(0.9, 0.999, 1e-12, 0),
                2e-4,
                perUnit);
    }

    private static Case djl(String name, Steps steps, double goal) {
        return new Case(
                name,
                SECONDS,
                Goal.atMost(goal),
                Side.tunebook(() -> new OwnSteps(steps)),
                Side.djl(() -> new DjlSteps(steps)),
                Case.Terms.USUAL);
    }
}
