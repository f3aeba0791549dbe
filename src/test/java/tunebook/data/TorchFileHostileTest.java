package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static tunebook.data.Errors.assertSays;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.TunebookException;

/** Files that would run a program elsewhere, or that are broken: each refused by name, at once. */
class TorchFileHostileTest {
    private static final long MOST_MILLISECONDS = 50;
    private static final long MOST_BYTES = 16 << 20;

    @TempDir Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"tunebook.data.TorchPrograms#all", "tunebook.data.TorchBroken#all"})
    void isRefusedByNameAtOnceAndInLittleMemory(String name, byte[] bytes, List<String> words)
            throws IOException {
        Path file = Files.write(folder.resolve("bad.pt"), bytes);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long milliseconds = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long begin = threads.getCurrentThreadCpuTime();
            long before = threads.getCurrentThreadAllocatedBytes();
            assertSays(() -> TorchFile.read(file), words.toArray(String[]::new));
            long taken = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(taken < MOST_BYTES + 8L * bytes.length, taken + " bytes");
            milliseconds =
                    Math.min(milliseconds, (threads.getCurrentThreadCpuTime() - begin) / 1_000_000);
        }
        assertTrue(milliseconds <= MOST_MILLISECONDS, milliseconds + " ms");
        assertSays(() -> TorchFile.read(file), file.toString(), "Mend: ");
    }

    @AfterAll
    static void nothingRan() {
        assertFalse(Files.exists(TorchPrograms.PROOF));
        System.out.println(
                "torch files refused by name: "
                        + TorchPrograms.all().size()
                        + " programs, "
                        + TorchBroken.all().size()
                        + " broken; 0 ran");
    }

    @Test
    void cutAnywhereAFileIsRefused() throws IOException {
        for (String name : List.of("zip.pt", "legacy.pt")) {
            byte[] whole = Files.readAllBytes(Path.of("src/test/resources/torch", name));
            for (int length = 0; length < whole.length; length += 7) {
                Path file = Files.write(folder.resolve("cut.pt"), Arrays.copyOf(whole, length));
                assertSays(() -> TorchFile.read(file), "cut.pt", "Mend: ");
            }
        }
    }

    /** 5,000 files of torch with one to four bytes changed; {@code -Dseed} repeats one. */
    @Test
    void aMutantIsReadOrRefusedAndNothingElse() throws IOException {
        byte[][] whole = new byte[3][];
        String[] names = {"zip.pt", "legacy.pt", "state_dict.pt"};
        for (int i = 0; i < whole.length; i++)
            whole[i] = Files.readAllBytes(Path.of("src/test/resources/torch", names[i]));
        Long only = Long.getLong("seed");
        int[] accepted = new int[2];
        long end = only == null ? 5_000 : only + 1;
        for (long seed = only == null ? 0 : only; seed < end; seed++) {
            Random random = new Random(seed);
            byte[] mutant = whole[random.nextInt(whole.length)].clone();
            for (int i = 1 + random.nextInt(4); i > 0; i--)
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
            Path file = Files.write(folder.resolve("mutant.pt"), mutant);
            try {
                TorchFile.read(file).sha256();
                accepted[1]++;
            } catch (TunebookException e) {
                assertTrue(e.getMessage().contains("mutant"), e.getMessage());
                accepted[0]++;
            } catch (Throwable e) {
                fail("repeat with -Dseed=" + seed, e);
            }
        }
        System.out.println("torch mutants refused, read: " + Arrays.toString(accepted));
        if (only == null) assertTrue(accepted[0] > 500 && accepted[1] > 500);
    }
}
