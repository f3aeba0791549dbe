package tunebook.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Partial;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.study.Repeated;
import tunebook.study.Result;
import tunebook.study.RunStore;
import tunebook.study.Study;

/** Runs as tasks of Spark in this process. */
class LocalSparkTest {
    private static final List<Recipe> RECIPES =
            List.of(
                    new Full().learningRate(3e-3),
                    new Lora(2),
                    new Partial(),
                    new FeatureExtraction(),
                    new PromptTuning(3));

    @TempDir Path folder;

    private Study here(String store, int seeds) {
        return study(store, seeds).on(threads -> new Nd4jEngine(1)).workers(1);
    }

    private Study there(String store, int seeds) {
        return study(store, seeds)
                .on(SparkCluster.of("local[2]").set("spark.executor.heartbeatInterval", "20ms"));
    }

    private Study study(String store, int seeds) {
        return Repeated.anywhere(folder.resolve(store), RECIPES, seeds);
    }

    @Test
    void itIsTheSameStudyToTheBitAndWhatIsStoredIsNotDoneAgain() {
        Result serial = here("serial.db", 2).run();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger done = new AtomicInteger();
        Result spark =
                there("spark.db", 2)
                        .observer(
                                p -> {
                                    done.accumulateAndGet(p.done(), Math::max);
                                    if (p.step() > 0) seen.add(p.recipe());
                                })
                        .run();
        assertEquals(Repeated.left(serial), Repeated.left(spark));
        assertEquals(untimed(serial), untimed(spark));
        assertEquals(serial.verdict().toString(), spark.verdict().toString());
        assertEquals(2 * RECIPES.size(), done.get());
        String text = "the nurse was kind";
        for (Recipe recipe : RECIPES)
            assertEquals(
                    serial.tuned(recipe.name()).predict(text).toString(),
                    spark.tuned(recipe.name()).predict(text).toString());
        assertFalse(seen.isEmpty(), "no heartbeat said how far a run is");

        long before = System.nanoTime();
        Result again = there("spark.db", 2).run();
        double seconds = (System.nanoTime() - before) / 1e9;
        assertEquals(spark.comparison().runs(), again.comparison().runs());
        System.out.printf("found again in %.2f s%n", seconds);
        try (RunStore store = RunStore.open(folder.resolve("spark.db"))) {
            assertEquals(2 * RECIPES.size(), store.all().size());
        }
    }

    private static String untimed(Result result) {
        Table table = result.table();
        for (String column : List.copyOf(table.columnNames()))
            if (column.matches("(?i).*(seconds|MiB|memory).*")) table.removeColumns(column);
        return table.print();
    }

    @Test
    void stoppedItKeepsWhatHadEndedAndGoesOnToTheSameBits() throws Exception {
        Result whole = here("whole.db", 3).run();
        Thread[] caller = new Thread[1];
        long[] asked = new long[1];
        Study watched =
                there("stopped.db", 3)
                        .observer(
                                p -> {
                                    if (p.done() != 3 || asked[0] != 0) return;
                                    asked[0] = System.nanoTime();
                                    caller[0].interrupt();
                                });
        boolean[] stays = new boolean[1];
        caller[0] =
                new Thread(
                        () -> {
                            watched.run();
                            stays[0] = Thread.currentThread().isInterrupted();
                        });
        caller[0].start();
        caller[0].join(120_000);
        assertFalse(caller[0].isAlive(), "still running");
        System.out.printf("stopped within %.2f s%n", (System.nanoTime() - asked[0]) / 1e9);
        assertTrue(stays[0], "the thread forgot that it was interrupted");
        int kept;
        try (RunStore store = RunStore.open(folder.resolve("stopped.db"))) {
            kept = store.all().size();
            assertEquals("ok", store.query("PRAGMA integrity_check").stringColumn(0).get(0));
        }
        assertTrue(kept >= 3 && kept < 3 * RECIPES.size(), kept + " runs kept");
        stoppedWhileSparkStarts();
        assertEquals(Repeated.left(whole), Repeated.left(there("stopped.db", 3).run()));
    }

    private void stoppedWhileSparkStarts() throws InterruptedException {
        Thread caller = new Thread(() -> there("stopped.db", 3).run());
        caller.start();
        while (caller.isAlive() && !sparkStarts()) Thread.sleep(1);
        caller.interrupt();
        caller.join(60_000);
        assertFalse(caller.isAlive(), "still running");
    }

    private static boolean sparkStarts() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("tunebook-spark"));
    }
}
