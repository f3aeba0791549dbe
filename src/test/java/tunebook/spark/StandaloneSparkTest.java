package tunebook.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Recipe;
import tunebook.study.Repeated;
import tunebook.study.Result;
import tunebook.study.RunResult;
import tunebook.study.RunStore;
import tunebook.study.Study;
import tunebook.support.Reviews;
import tunebook.support.Torture;
import tunebook.train.Embedded;

/** Runs on workers that are processes of their own. */
@DisabledOnOs(OS.WINDOWS)
class StandaloneSparkTest {
    @TempDir Path folder;

    private Study study(String store, int seeds, int epochs) {
        List<Recipe> recipes = List.of(new Full(), new Lora(2));
        return Repeated.anywhere(folder.resolve(store), recipes, seeds).epochs(epochs);
    }

    private static SparkCluster on(Standalone cluster) {
        return SparkCluster.of(cluster.address())
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.executor.memory", "600m");
    }

    /** The same study on one worker and on two, each run on one thread; a full measure alone. */
    @Test
    void twoWorkersAreFasterThanOne() throws Exception {
        assumeTrue(Torture.times(0, 1) == 1, "takes minutes, and a machine for itself");
        try (Standalone cluster = new Standalone(folder)) {
            cluster.worker();
            cluster.worker();
            cluster.registered(2);
            SparkCluster one = on(cluster).set("spark.cores.max", "1");
            double alone = seconds("one.db", one);
            double both = seconds("two.db", on(cluster));
            System.out.printf(
                    "12 runs on one worker %.1f s, on two %.1f s: %.2f times as fast%n",
                    alone, both, alone / both);
            assertTrue(alone / both >= 1.6, alone / both + " times as fast");
        }
    }

    private double seconds(String store, SparkCluster cluster) {
        Study study =
                Study.of("faster?", Nd4jEngine::new)
                        .backbone(Embedded.read("tiny-english"))
                        .data(Reviews.split(0.7, 0.15, 0.15))
                        .recipes(new Full(), new Lora(8))
                        .seeds(6)
                        .epochs(3)
                        .store(folder.resolve(store))
                        .on(cluster);
        long before = System.nanoTime();
        Result result = study.run();
        double seconds = (System.nanoTime() - before) / 1e9;
        double runs = result.comparison().runs().stream().mapToDouble(RunResult::seconds).sum();
        System.out.printf("%s: runs %.1f s in all, the rest %.1f s%n", store, runs, seconds - runs);
        return seconds;
    }

    /** Workers die one after another while runs are under way; new ones come. */
    @Test
    void whatAKilledWorkerHadIsDoneAgainAndNothingTwice() throws Exception {
        int kills = Torture.times(2, 20);
        int seeds = Torture.times(4, 60);
        int epochs = 12;
        Result whole = study("whole.db", seeds, epochs).on(n -> new Nd4jEngine(1)).workers(2).run();
        Random random = new Random(7);
        AtomicInteger done = new AtomicInteger();
        try (Standalone cluster = new Standalone(folder)) {
            cluster.worker();
            cluster.worker();
            Result[] result = new Result[1];
            Study study =
                    study("spark.db", seeds, epochs)
                            .observer(p -> done.accumulateAndGet(p.done(), Math::max))
                            .on(on(cluster));
            Thread caller = new Thread(() -> result[0] = study.run());
            caller.start();
            int killed = 0;
            while (killed < kills && caller.isAlive()) {
                int runs = 2 * seeds * (killed + 1) / (kills + 2);
                while (caller.isAlive() && (done.get() < runs || !cluster.atWork()))
                    Thread.sleep(20);
                Thread.sleep(random.nextInt(500));
                if (!caller.isAlive()) break;
                cluster.kill(random);
                cluster.worker();
                killed++;
            }
            caller.join(600_000);
            assertEquals(Repeated.left(whole), Repeated.left(result[0]));
            int stored;
            try (RunStore store = RunStore.open(folder.resolve("spark.db"))) {
                stored = store.all().size();
                assertEquals("ok", store.query("PRAGMA integrity_check").stringColumn(0).get(0));
            }
            System.out.printf(
                    "%d workers killed under %d runs: %d lost, %d doubled, all equal to the bit%n",
                    killed,
                    2 * seeds,
                    Math.max(0, 2 * seeds - stored),
                    Math.max(0, stored - 2 * seeds));
            assertEquals(2 * seeds, stored);
            assertEquals(kills, killed);
        }
    }
}
