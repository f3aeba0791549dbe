package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static tunebook.study.Repeated.left;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.recipe.Bottleneck;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.FromScratch;
import tunebook.recipe.Full;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.LpFt;
import tunebook.recipe.Partial;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.support.Torture;
import tunebook.train.Ending;

/** A study gives the same bits again, whatever stops it and in whatever order it runs. */
class StudyPromisesTest {
    private static final List<Recipe> KINDS =
            List.of(
                    new Full(),
                    new FromScratch(),
                    new FeatureExtraction(),
                    new Partial(),
                    new LpFt(1),
                    new Lora(2),
                    new Ia3(),
                    new Bottleneck(Bottleneck.Form.HOULSBY),
                    new PromptTuning(3),
                    new PrefixTuning(3));

    @TempDir Path folder;

    private Study study(String store, List<Recipe> recipes, int seeds) {
        return Repeated.study(folder.resolve(store), recipes, seeds);
    }

    private String fresh(int number) throws IOException {
        Files.deleteIfExists(folder.resolve("again" + (number - 1) + ".db"));
        return "again" + number + ".db";
    }

    @Test
    void repeatsAreEqualToTheBit() throws IOException {
        int repeats = Torture.times(2, 20);
        Result first = study("first.db", KINDS, 2).run();
        int equal = 0;
        for (int i = 1; i <= repeats; i++)
            if (left(study(fresh(i), KINDS, 2).run()).equals(left(first))) equal++;
        System.out.printf(
                "%d of %d repeats of %d runs equal to the bit%n", equal, repeats, 2 * KINDS.size());
        assertEquals(repeats, equal);
    }

    @Test
    void inAnyOrderAndSideBySideTheyAreEqualToTheBit() throws IOException {
        int orders = Torture.times(2, 10);
        Result first = study("first.db", KINDS, 2).run();
        Random random = new Random(8);
        int equal = 0;
        for (int i = 1; i <= orders; i++) {
            List<Recipe> shuffled = new ArrayList<>(KINDS);
            Collections.shuffle(shuffled, random);
            Result result = study(fresh(i), shuffled, 2).workers(1 + i % 3).run();
            if (left(result).equals(left(first))) equal++;
        }
        System.out.printf("%d of %d shuffled orders equal to the bit%n", equal, orders);
        assertEquals(orders, equal);
    }

    @Test
    void whatIsStoppedAnywhereAndGoesOnIsAsIfItHadNeverStopped() throws Exception {
        int times = Torture.times(1, 50);
        Random random = new Random(9);
        int stopped = 0;
        double longest = 0;
        for (Recipe kind : KINDS) {
            Result whole = study("whole.db", List.of(kind), 2).run();
            int steps = steps(study("count.db", List.of(kind), 2));
            for (int i = 1; i <= times; i++) {
                Path store = folder.resolve("stopped.db");
                Study study = study("stopped.db", List.of(kind), 2);
                double seconds = stop(study, 1 + random.nextInt(steps));
                longest = Math.max(longest, seconds);
                try (RunStore runs = RunStore.open(store)) {
                    assertEquals("ok", runs.query("PRAGMA integrity_check").stringColumn(0).get(0));
                    Set<Ending> endings =
                            runs.all().stream().map(RunResult::status).collect(Collectors.toSet());
                    if (endings.contains(Ending.INTERRUPTED)) stopped++;
                }
                assertEquals(left(whole), left(study.run()), kind + ", stop " + i);
                for (String suffix : List.of("", "-wal", "-shm"))
                    Files.deleteIfExists(folder.resolve("stopped.db" + suffix));
            }
            for (String name : List.of("whole.db", "count.db"))
                Files.deleteIfExists(folder.resolve(name));
        }
        System.out.printf(
                "%d kinds of recipes stopped %d times each, %d with a run under way, and gone on:"
                        + " equal to the bit; stopped within %.2f s%n",
                KINDS.size(), times, stopped, longest);
        assertTrue(stopped > 0, "no stop ever met a run under way");
        assertTrue(longest <= 2, longest + " s");
    }

    private static int steps(Study study) {
        AtomicInteger steps = new AtomicInteger();
        study.observer(
                        progress -> {
                            if (progress.step() > 0) steps.incrementAndGet();
                        })
                .run();
        return Math.max(1, steps.get());
    }

    /** Interrupts the caller at a step; seconds until it has returned and nothing runs any more. */
    private static double stop(Study study, int at) throws InterruptedException {
        AtomicInteger steps = new AtomicInteger();
        long[] asked = new long[1];
        Thread[] caller = new Thread[1];
        Study watched =
                study.observer(
                        progress -> {
                            if (progress.step() == 0 || steps.incrementAndGet() != at) return;
                            asked[0] = System.nanoTime();
                            caller[0].interrupt();
                        });
        caller[0] = new Thread(watched::run);
        caller[0].start();
        caller[0].join(60_000);
        assertFalse(caller[0].isAlive(), "still running");
        assertTrue(asked[0] != 0, "step " + at + " never came");
        return (System.nanoTime() - asked[0]) / 1e9;
    }

    @Test
    void manyFitsDoNotGrowTheProcess() throws IOException {
        int fits = Torture.times(60, 1000);
        int before = fits / 4;
        List<Recipe> kinds = List.of(new Full(), new Lora(2), new PromptTuning(3));
        double settled = 0;
        double end = 0;
        for (int done = 0; done < fits; done += 3) {
            String name = "fits" + done + ".db";
            study(name, kinds, 1).run();
            Files.deleteIfExists(folder.resolve(name));
            if (done < before) settled = resident();
            end = resident();
        }
        System.out.printf(
                "%d fits: %.0f MiB resident after %d, %.0f at the end%n",
                fits, settled, before, end);
        assertTrue(end < settled * Torture.times(125, 105) / 100, end + " MiB");
    }

    /** Of this process, MiB. */
    private static double resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status), "only Linux says how much memory a process has");
        System.gc();
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
