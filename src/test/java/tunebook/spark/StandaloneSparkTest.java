package tunebook.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
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
@EnabledForJreRange(
        max = JRE.JAVA_23,
        disabledReason =
                "Hadoop 3.4, below Spark 4.1's workers, does not start on Java 24 and later")
class StandaloneSparkTest {
    private static final int SEEDS = 8;
    private static final String OPTIONS = "spark.executor.extraJavaOptions";

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

    /**
     * The same study on one worker and on two, twice in turn, each run on one thread; beside it the
     * same without Spark, which is what the machine itself gains by its second core.
     */
    @Test
    void twoWorkersAreFasterThanOne() throws Exception {
        assumeTrue(Torture.times(0, 1) == 1, "takes minutes, and a machine for itself");
        try (Standalone cluster = new Standalone(folder)) {
            cluster.worker();
            cluster.worker();
            cluster.registered(2);
            SparkCluster one = on(cluster).set("spark.cores.max", "1");
            double alone = 0;
            double both = 0;
            double aloneHere = 0;
            double bothHere = 0;
            for (int round = 0; round < 2; round++) {
                Speed single = speed(faster("one" + round).on(one));
                Speed twice = speed(faster("two" + round).on(on(cluster)));
                Speed singleHere = speed(here("one here" + round).workers(1));
                Speed twiceHere = speed(here("two here" + round).workers(2));
                System.out.printf(
                        "%d runs: one worker %s; two workers %s; without Spark %s; %s%n",
                        2 * SEEDS, single, twice, singleHere, twiceHere);
                alone += single.seconds();
                both += twice.seconds();
                aloneHere += singleHere.seconds();
                bothHere += twiceHere.seconds();
            }
            System.out.printf(
                    Locale.ROOT,
                    "two workers: %.2f times as fast; without Spark %.2f times%n",
                    alone / both,
                    aloneHere / bothHere);
            assertTrue(alone / both >= 1.6, alone + " s and " + both + " s");
        }
    }

    /** What a run costs beside its own seconds: the way there and back, and being stored. */
    @Test
    void whatATaskCosts() throws Exception {
        int runs = Torture.times(40, 400);
        long[] ended = new long[2];
        try (Standalone cluster = new Standalone(folder)) {
            cluster.worker();
            cluster.registered(1);
            Result result =
                    Repeated.anywhere(folder.resolve("tasks.db"), List.of(new Lora(2)), runs)
                            .epochs(1)
                            .observer(p -> note(p.done(), runs, ended))
                            .on(on(cluster))
                            .run();
            double own =
                    result.comparison().runs().stream()
                            .skip(1)
                            .mapToDouble(RunResult::seconds)
                            .average()
                            .orElseThrow();
            double each = (ended[1] - ended[0]) / 1e9 / (runs - 1);
            System.out.printf(
                    Locale.ROOT,
                    "%d short runs, one worker: %.1f ms each, of these %.1f ms the run's own%n",
                    runs,
                    1e3 * each,
                    1e3 * own);
            assertTrue(each > 0 && each - own < 1, each + " s");
        }
    }

    private static void note(int done, int runs, long[] ended) {
        if (done == 1 && ended[0] == 0) ended[0] = System.nanoTime();
        if (done == runs && ended[1] == 0) ended[1] = System.nanoTime();
    }

    /**
     * @param seconds of a study, from the call to its result
     * @param runs seconds of all its runs together
     */
    private record Speed(double seconds, double runs) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f s (%.1f s of runs)", seconds, runs);
        }
    }

    private Study faster(String store) {
        return Study.of("faster?", Nd4jEngine::new)
                .backbone(Embedded.read("tiny-english"))
                .data(Reviews.split(0.7, 0.15, 0.15))
                .recipes(new Full(), new Lora(8))
                .seeds(SEEDS)
                .epochs(10)
                .store(folder.resolve(store + ".db"));
    }

    private Study here(String store) {
        return faster(store).on(threads -> new Nd4jEngine(1));
    }

    private static Speed speed(Study study) {
        long before = System.nanoTime();
        Result result = study.run();
        double seconds = (System.nanoTime() - before) / 1e9;
        return new Speed(
                seconds, result.comparison().runs().stream().mapToDouble(RunResult::seconds).sum());
    }

    /** Workers die one after another while runs are under way; new ones come. */
    @Test
    void whatAKilledWorkerHadIsDoneAgainAndNothingTwice() throws Exception {
        int kills = Torture.times(2, 20);
        int seeds = Torture.times(6, 60);
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
                            .on(on(cluster).set(OPTIONS, Standalone.QUICK));
            Thread caller = new Thread(() -> result[0] = study.run());
            caller.start();
            int killed = 0;
            while (killed < kills && caller.isAlive()) {
                int runs = 2 * seeds * (killed + 1) / (kills + 2);
                while (caller.isAlive() && done.get() < runs) Thread.sleep(20);
                Thread.sleep(random.nextInt(200));
                if (!caller.isAlive() || !cluster.kill(random)) continue;
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
