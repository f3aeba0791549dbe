package tunebook.bench;

import static tunebook.Tunebook.full;
import static tunebook.Tunebook.lora;

import java.util.List;
import tunebook.bench.djl.DjlSteps;
import tunebook.bench.own.OwnSteps;
import tunebook.bench.work.Encoders;
import tunebook.bench.work.Peak;
import tunebook.bench.work.Steps;
import tunebook.bench.work.Texts;
import tunebook.bench.work.Worker;
import tunebook.recipe.Recipe;

/**
 * Peaks of memory in JVMs of their own, in four steps of 6 blocks of width 384 over 16 texts of 64
 * tokens; {@link Peak} says what counts. The weights that were drawn lie in Java's heap on both
 * sides before anything counts; a user of Tunebook has them there too (55 MiB), one of DJL has not.
 */
final class MemoryCases {
    private static final String UNIT = "MiB";

    private MemoryCases() {}

    static List<Case> all() {
        return List.of(
                new Case(
                        "memory-lora",
                        UNIT,
                        Goal.atMost(0.55),
                        Side.tunebook(() -> own(lora(8))),
                        Side.tunebook("Tunebook, full", () -> own(full())),
                        Case.Terms.USUAL.unlike().afresh()),
                new Case(
                        "memory-lora-djl",
                        UNIT,
                        Goal.atMost(1),
                        Side.tunebook(() -> own(lora(8))),
                        Side.djl(MemoryCases::djl),
                        Case.Terms.USUAL.afresh()));
    }

    private static Worker own(Recipe recipe) {
        Steps steps = four(StepCases.large(recipe)).drawn();
        return new Peak(new OwnSteps(tiny(recipe)), () -> new OwnSteps(steps));
    }

    private static Worker djl() {
        Steps steps = four(StepCases.large(lora(8))).drawn();
        return new Peak(new DjlSteps(tiny(lora(8))), () -> new DjlSteps(steps));
    }

    /** Four steps too, of a model of no size: after it everything is loaded that has to be. */
    private static Steps tiny(Recipe recipe) {
        return new Steps(
                () -> Encoders.tuning(recipe, Encoders.bert(1, 16, 2)),
                Texts.drawn(1, 2, 8, Encoders.VOCABULARY, Encoders.SEED),
                1e-4,
                4);
    }

    private static Steps four(Steps steps) {
        return new Steps(steps.tuning(), steps.batches(), steps.rule(), steps.rate(), 4);
    }
}
