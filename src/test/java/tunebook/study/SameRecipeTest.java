package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.support.Reviews;
import tunebook.train.Embedded;

/**
 * One recipe against itself with other seeds: real runs, and whatever is called different is a
 * false alarm. {@code -Dtunebook.runs=2400} gives every pair runs of its own.
 */
class SameRecipeTest {
    private static final int PAIRS = 400;
    private static final int RUNS = Integer.getInteger("tunebook.runs", 120);

    @TempDir Path folder;

    private List<RunResult> runs() {
        Study study =
                Study.of("itself?", Nd4jEngine::new)
                        .backbone(Embedded.read("tiny-english"))
                        .data(Reviews.split(0.3, 0.1, 0.6))
                        .recipes(new FeatureExtraction().learningRate(1e-2))
                        .epochs(4)
                        .limit(16)
                        .store(folder.resolve("runs.db"));
        return study.seeds(RUNS).run().comparison().runs();
    }

    @Test
    void aRecipeIsSeldomCalledBetterThanItself() {
        List<RunResult> pool = new ArrayList<>(runs());
        double spread =
                pool.stream().mapToDouble(RunResult::score).max().orElseThrow()
                        - pool.stream().mapToDouble(RunResult::score).min().orElseThrow();
        assertTrue(spread > 0.02, "runs differ, or there is nothing to be misled by: " + spread);
        Random random = new Random(3);
        for (int seeds : new int[] {3, 5}) {
            int alarms = 0;
            for (int pair = 0; pair < PAIRS; pair++) {
                int from = pair * 2 * seeds % pool.size();
                if (from + 2 * seeds > pool.size() || from == 0) {
                    Collections.shuffle(pool, random);
                    from = 0;
                }
                List<RunResult> both = new ArrayList<>();
                for (int i = 0; i < 2 * seeds; i++)
                    both.add(
                            pool.get(from + i)
                                    .named(i < seeds ? "first" : "second")
                                    .seed(1 + i % seeds));
                Comparison comparison = Comparison.of(both, List.of("negative", "positive"));
                if (comparison.pairs().get(0).separable()) alarms++;
            }
            double share = alarms / (double) PAIRS;
            System.out.printf(
                    Locale.ROOT,
                    "a recipe against itself, %d runs, %d seeds: told apart in %.3f of %d pairs%n",
                    pool.size(),
                    seeds,
                    share,
                    PAIRS);
            assertTrue(share <= 0.06, seeds + " seeds: false alarms in " + share);
        }
    }
}
