package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;

/** A killed process loses no run that it had committed. */
class RunStoreKillTest {
    private static final int EXAMPLES = 500;

    @TempDir Path folder;

    /** The child: saves runs for ever, and prints each key once it is committed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            long seed = Long.parseLong(arguments[1]);
            try (RunStore store = RunStore.open(Path.of(arguments[0]))) {
                while (true) {
                    RunResult run = Runs.finished("full", seed++, 0.8, EXAMPLES);
                    store.save(run, new byte[200_000]);
                    System.out.println(run.key());
                    System.out.flush();
                }
            }
        }
    }

    @Test
    void aKilledProcessLosesNoCommittedRun() throws Exception {
        Path file = folder.resolve("runs.db");
        Random random = new Random(4);
        Set<String> committed = new HashSet<>();
        int rounds = 5;
        for (int round = 0; round < rounds; round++) {
            committed.addAll(writeAndKill(file, 1_000_000L * round, 50 + random.nextInt(300)));
        }
        int partial = 0;
        Set<String> found = new HashSet<>();
        try (RunStore store = RunStore.open(file)) {
            for (RunResult run : store.all()) {
                found.add(run.key());
                boolean whole = run.equals(Runs.finished("full", run.seed(), 0.8, EXAMPLES));
                if (!whole || store.weights(run.key()).orElseThrow().length != 200_000) partial++;
            }
            assertEquals("ok", store.query("PRAGMA integrity_check").stringColumn(0).get(0));
        }
        int kept = committed.size();
        committed.removeAll(found);
        System.out.println(
                rounds
                        + " kills while saving: "
                        + kept
                        + " committed runs, "
                        + committed.size()
                        + " lost, "
                        + partial
                        + " partial, SQLite "
                        + SQLiteJDBCLoader.getVersion());
        assertTrue(kept >= rounds, "the child committed too little to prove anything");
        assertEquals(Set.of(), committed);
        assertEquals(0, partial);
    }

    private Set<String> writeAndKill(Path file, long firstSeed, int milliseconds)
            throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "keys", ".txt");
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Writer.class.getName(),
                                file.toString(),
                                Long.toString(firstSeed))
                        .redirectOutput(printed.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            while (child.isAlive() && Files.size(printed) == 0) Thread.sleep(20);
            Thread.sleep(milliseconds);
            assertTrue(child.isAlive(), "the child ended by itself");
        } finally {
            child.destroyForcibly().waitFor(); // SIGKILL on Unix
        }
        String text = Files.readString(printed);
        return Set.of(text.substring(0, text.lastIndexOf('\n') + 1).split("\n"));
    }
}
