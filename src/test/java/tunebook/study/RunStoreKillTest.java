package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;
import tunebook.support.Torture;

/** A killed process loses no run that it had committed. */
class RunStoreKillTest {
    private static final int EXAMPLES = 500;
    private static final int WEIGHTS = 200_000;
    private static final int ROUNDS_A_FILE = 20;

    @TempDir Path folder;

    /** The child: saves runs for ever, and prints each key once it is committed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            long seed = Long.parseLong(arguments[1]);
            try (RunStore store = RunStore.open(Path.of(arguments[0]))) {
                while (true) {
                    RunResult run = Runs.finished("full", seed++, 0.8, EXAMPLES);
                    store.save(run, new byte[WEIGHTS]);
                    System.out.println(run.key());
                    System.out.flush();
                }
            }
        }
    }

    /** What was found of what had been committed. */
    private static final class Count {
        private int committed;
        private int lost;
        private int partial;

        void add(Path file, Set<String> committed) {
            Set<String> found = new HashSet<>();
            try (RunStore store = RunStore.open(file)) {
                for (RunResult run : store.all()) {
                    found.add(run.key());
                    boolean whole = run.equals(Runs.finished("full", run.seed(), 0.8, EXAMPLES));
                    if (!whole || store.weights(run.key()).orElseThrow().length != WEIGHTS)
                        partial++;
                }
                assertEquals("ok", store.query("PRAGMA integrity_check").stringColumn(0).get(0));
            }
            this.committed += committed.size();
            lost += (int) committed.stream().filter(key -> !found.contains(key)).count();
        }

        void check(int kills, String what) {
            System.out.printf(
                    "%d kills %s: %d committed runs, %d lost, %d partial, SQLite %s%n",
                    kills, what, committed, lost, partial, SQLiteJDBCLoader.getVersion());
            assertTrue(committed >= kills, "the children committed too little to prove anything");
            assertEquals(0, lost);
            assertEquals(0, partial);
        }
    }

    @Test
    void aKilledProcessLosesNoCommittedRun() throws Exception {
        killed(1, Torture.times(5, 1000), "while saving");
    }

    @Test
    void neitherDoFourThatWriteAtOnce() throws Exception {
        killed(4, Torture.times(1, 50), "of four writers at once");
    }

    private void killed(int writers, int rounds, String what) throws Exception {
        Random random = new Random(4);
        Count count = new Count();
        for (int first = 0; first < rounds; first += ROUNDS_A_FILE) {
            Path file = folder.resolve("runs" + first + ".db");
            Set<String> committed = new HashSet<>();
            for (int round = first; round < Math.min(rounds, first + ROUNDS_A_FILE); round++) {
                List<Child> children = new ArrayList<>();
                for (int w = 0; w < writers; w++)
                    children.add(Child.start(folder, file, 1_000_000L * (round * writers + w)));
                for (Child child : children) child.begun();
                Thread.sleep(50 + random.nextInt(300));
                for (Child child : children) committed.addAll(child.killed());
            }
            count.add(file, committed);
            Files.delete(file);
        }
        count.check(writers * rounds, what);
    }

    /** A writer, and where it prints what it has committed. */
    private record Child(Process process, Path printed) {
        static Child start(Path folder, Path file, long firstSeed) throws IOException {
            Path printed = Files.createTempFile(folder, "keys", ".txt");
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx128m",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Writer.class.getName(),
                                    file.toString(),
                                    Long.toString(firstSeed))
                            .redirectOutput(printed.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            return new Child(process, printed);
        }

        void begun() throws IOException, InterruptedException {
            while (process.isAlive() && Files.size(printed) == 0) Thread.sleep(20);
        }

        /** SIGKILL on Unix; the keys that were printed by then. */
        Set<String> killed() throws IOException, InterruptedException {
            boolean alive = process.isAlive();
            process.destroyForcibly().waitFor();
            assertTrue(alive, "the child ended by itself");
            String text = Files.readString(printed);
            Files.delete(printed);
            return Set.of(text.substring(0, text.lastIndexOf('\n') + 1).split("\n"));
        }
    }
}
