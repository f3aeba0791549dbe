package tunebook.bench;

import static tunebook.Tunebook.full;
import static tunebook.Tunebook.lora;

import java.util.List;
import java.util.Optional;
import tunebook.bench.djl.DjlStudy;
import tunebook.bench.own.OwnStudy;
import tunebook.bench.work.Reviews;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Worker;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Recipe;
import tunebook.study.Execution;
import tunebook.study.Study;

/** Many runs of training on tiny-english; see {@link Reviews}. */
final class StudyCases {
    private static final int SEEDS = 5;

    private StudyCases() {}

    static List<Case> all() {
        return List.of(study(), sideBySide(), sideBySideOfTwoThreads());
    }

    /**
     * 7 recipes x 5 seeds. Tunebook's study has as many workers as processors, one copy of what is
     * frozen, its store, and the best weights of each recipe; the peer runs one after another on
     * all threads, computes everything anew, and keeps nothing.
     */
    private static Case study() {
        return new Case(
                "study-7x5",
                "s/study",
                Goal.atMost(0.25),
                Side.tunebook(
                        () ->
                                new OwnStudy(
                                        OwnStudy.over(Reviews.recipes(), SEEDS), Watch::seconds)),
                Side.djl(() -> new DjlStudy(Reviews.recipes(), SEEDS)),
                Case.Terms.USUAL.warm(1));
    }

    /**
     * Runs a second of two workers with a thread each, halved, over those of one worker with one
     * thread: 1 where the second worker does as much as the first. Results are equal to the last
     * bit.
     */
    private static Case sideBySide() {
        return new Case(
                "side-by-side",
                "runs/s/worker",
                Goal.atLeast(0.85),
                Side.tunebook("Tunebook, 2 workers", () -> runs(2, 1, 2)),
                Side.tunebook("Tunebook, 1 worker", () -> runs(1, 1, 1)),
                Case.Terms.USUAL.exact().warm(1));
    }

    /** Runs a second of two workers with a thread each, over those of one worker with two. */
    private static Case sideBySideOfTwoThreads() {
        return new Case(
                "side-by-side-2-threads",
                "runs/s",
                Goal.NONE,
                Side.tunebook("Tunebook, 2 workers", () -> runs(2, 1, 1)),
                Side.tunebook("Tunebook, 1 worker of 2 threads", () -> runs(1, 2, 1)),
                Case.Terms.USUAL.warm(1));
    }

    /** 4 runs, of full fine-tuning and of LoRA. */
    private static Worker runs(int workers, int threads, int divisor) {
        List<Recipe> recipes =
                Reviews.recipes().stream()
                        .filter(
                                r ->
                                        r.name().equals(full().name())
                                                || r.name().equals(lora(8).name()))
                        .toList();
        int seeds = 2;
        Study study = OwnStudy.over(recipes, seeds).workers(workers);
        Execution e = study.execution();
        Execution divided =
                new Execution(
                        e.limit(),
                        workers,
                        e.store(),
                        processors -> new Nd4jEngine(threads),
                        e.observer(),
                        Optional.empty());
        int count = recipes.size() * seeds;
        return new OwnStudy(
                new Study(
                        study.question(),
                        study.backbone(),
                        study.data(),
                        study.entrants(),
                        seeds,
                        divided),
                watch -> count / watch.seconds() / divisor);
    }
}
