package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Recipe;
import tunebook.support.Torture;

/**
 * Whatever a study is at when its caller is interrupted, it stops soon, leaves no thread behind,
 * and another call goes on to the same bits. Which phase it is in is read off its threads' stacks.
 */
class InterruptTest {
    private static final List<Recipe> RECIPES =
            List.of(new Full(), new Lora(2), new FeatureExtraction());
    private static final int TRIES = 200;

    /** A class and a method of it that is running in the phase. */
    enum Phase {
        TOKENIZE("tunebook.data.HuggingFaceTokens", "encode"),
        STEP("tunebook.nd4j.Nd4jSession", "accumulate"),
        EVALUATE("tunebook.train.Forward", "marked"),
        CHECKPOINT("tunebook.nd4j.Nd4jSession", "learned"),
        COMMIT("tunebook.study.RunStore", "save");

        private final String type;
        private final String method;

        Phase(String type, String method) {
            this.type = type;
            this.method = method;
        }

        boolean isUnderWay(Thread caller) {
            return Thread.getAllStackTraces().entrySet().stream()
                    .filter(e -> e.getKey() == caller || ours(e.getKey()))
                    .flatMap(e -> Arrays.stream(e.getValue()))
                    .anyMatch(
                            f -> f.getClassName().equals(type) && f.getMethodName().equals(method));
        }
    }

    private static boolean ours(Thread thread) {
        return thread.getName().equals("tunebook-run");
    }

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void whereverItIsItStopsAndGoesOn(Phase phase) throws Exception {
        int times = Torture.times(2, 40);
        Random random = new Random(3);
        Result whole = Repeated.study(folder.resolve("whole.db"), RECIPES, 2).run();
        double longest = 0;
        int interrupted = 0;
        int tries = 0;
        while (interrupted < times) {
            assertTrue(tries++ < TRIES, () -> phase + " was hardly ever met");
            for (String suffix : List.of("", "-wal", "-shm"))
                Files.deleteIfExists(folder.resolve("stopped.db" + suffix));
            Path store = folder.resolve("stopped.db");
            Study study = Repeated.study(store, RECIPES, 2);
            double seconds = interrupt(study, phase, random.nextInt(4));
            if (Double.isNaN(seconds)) continue;
            interrupted++;
            longest = Math.max(longest, seconds);
            assertNoWorkerLivesOn();
            if (Files.exists(store)) {
                try (RunStore runs = RunStore.open(store)) {
                    assertEquals("ok", runs.query("PRAGMA integrity_check").stringColumn(0).get(0));
                }
            }
            assertEquals(Repeated.left(whole), Repeated.left(study.run()));
        }
        System.out.printf(
                "%d interrupts at %s: stopped within %.2f s, gone on to the same bits%n",
                times, phase.name().toLowerCase(Locale.ROOT), longest);
        assertTrue(longest <= 2, longest + " s");
    }

    /** A pool has ended a moment before its last thread has. */
    private static void assertNoWorkerLivesOn() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!ours(thread)) continue;
            thread.join(200);
            assertFalse(thread.isAlive(), "a worker lives on");
        }
    }

    /**
     * Interrupts the caller when the phase has been seen so often before.
     *
     * @return seconds until the caller has returned; NaN where it had done so already
     */
    private static double interrupt(Study study, Phase phase, int before)
            throws InterruptedException {
        Thread caller = new Thread(study::run);
        caller.start();
        int seen = 0;
        while (caller.isAlive()) {
            if (!phase.isUnderWay(caller) || seen++ < before) continue;
            long asked = System.nanoTime();
            caller.interrupt();
            caller.join(60_000);
            assertFalse(caller.isAlive(), "still running");
            return (System.nanoTime() - asked) / 1e9;
        }
        return Double.NaN;
    }
}
