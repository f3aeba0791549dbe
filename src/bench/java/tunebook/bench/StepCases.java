package tunebook.bench;

import static tunebook.Tunebook.full;
import static tunebook.Tunebook.lora;

import java.util.List;
import tunebook.bench.djl.DjlSteps;
import tunebook.bench.own.OwnSteps;
import tunebook.bench.work.Encoders;
import tunebook.bench.work.Steps;
import tunebook.bench.work.Texts;
import tunebook.recipe.Recipe;

/** Training steps of encoders over texts that are all equally long. */
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
                        Case.Terms.USUAL.unlike()));
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
