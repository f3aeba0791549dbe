package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tunebook.core.TunebookException;
import tunebook.data.FaultyHub.Fault;

/** The cache never holds a wrong file, whatever the network does. All of it on 127.0.0.1. */
class HubFaultsTest {
    private static final int BYTES = 400_000;
    private static final String WEIGHTS = "model.safetensors";

    private FaultyHub server;

    @TempDir Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = new FaultyHub(BYTES);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The faults of the weights' answers; configuration comes first and is always right. */
    private void faults(Fault... faults) {
        server.faults.add(Fault.NONE);
        server.faults.addAll(Arrays.asList(faults));
    }

    private void assertRight(Path model) throws IOException {
        for (String file : List.of("config.json", WEIGHTS, "tokenizer.json"))
            assertArrayEquals(
                    server.files.get(file), Files.readAllBytes(model.resolve(file)), file);
    }

    private List<String> waiting(Path cache) throws IOException {
        Path parts = Files.createDirectories(cache.resolve("me--model/.parts"));
        try (Stream<Path> all = Files.list(parts)) {
            return all.map(f -> f.getFileName().toString()).filter(f -> !f.equals("lock")).toList();
        }
    }

    @Test
    void aDownloadThatBreaksOffGoesOnWhereItStopped() throws IOException {
        faults(Fault.CUT);
        assertRight(server.hub(folder).folder("me/model"));
        assertTrue(server.asked.contains("GET /store/" + WEIGHTS + " bytes=200000-"));
        assertTrue(server.sent.get() < BYTES + 1_000, server.sent + " bytes sent");
        assertEquals(1, server.resumed.get());
        assertEquals(List.of(), waiting(folder));
    }

    @Test
    void aLaterCallGoesOnToo() throws IOException {
        faults(Fault.CUT, Fault.BUSY, Fault.BUSY, Fault.BUSY, Fault.BUSY);
        assertSays(() -> server.hub(folder).folder("me/model"), "answered 503 for " + WEIGHTS);
        assertFalse(Files.exists(folder.resolve("me--model/" + FaultyHub.COMMIT + "/" + WEIGHTS)));
        assertEquals(2, waiting(folder).size(), "the part and its tag");
        server.sent.set(0);
        assertRight(server.hub(folder).folder("me/model"));
        assertTrue(server.sent.get() < BYTES / 2 + 1_000, server.sent + " bytes sent");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void afterAnyFaultTheFileIsRight(Fault fault) throws IOException {
        faults(fault);
        assertRight(server.hub(folder).folder("me/model"));
        assertEquals(List.of(), waiting(folder));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void afterACutAndAnyFaultTheFileIsRight(Fault fault) throws IOException {
        faults(Fault.CUT, fault);
        assertRight(server.hub(folder).folder("me/model"));
        assertEquals(List.of(), waiting(folder));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SHORT", "LONG", "WRONG"})
    void whatIsWrongTwiceIsRefusedAndForgotten(Fault fault) throws IOException {
        faults(fault, fault);
        assertSays(
                () -> server.hub(folder).folder("me/model"),
                "hub(\"me/model\")",
                WEIGHTS + " came with status 20",
                FaultyHub.sha256(server.files.get(WEIGHTS)) + " is due",
                "nothing of it was kept");
        assertEquals(List.of(), waiting(folder));
        assertFalse(Files.exists(folder.resolve("me--model/" + FaultyHub.COMMIT + "/" + WEIGHTS)));
        assertRight(server.hub(folder).folder("me/model"));
    }

    @Test
    void aSpoiltPartIsThrownAwayAndTheFileFetchedWhole() throws IOException {
        Path parts = Files.createDirectories(folder.resolve("me--model/.parts"));
        String sha256 = FaultyHub.sha256(server.files.get(WEIGHTS));
        Files.write(parts.resolve(sha256), new byte[1_000]);
        assertRight(server.hub(folder).folder("me/model"));
        Files.write(parts.resolve(sha256), new byte[BYTES + 1_000]);
        Files.delete(folder.resolve("me--model/" + FaultyHub.COMMIT + "/" + WEIGHTS));
        assertRight(server.hub(folder).folder("me/model"));
    }

    private static final Fault[] FAULTS = Fault.values();

    private Fault random(Random random) {
        synchronized (random) {
            return switch (random.nextInt(3)) {
                case 0 -> Fault.NONE;
                case 1 -> Fault.CUT;
                default -> FAULTS[random.nextInt(FAULTS.length)];
            };
        }
    }

    /** Fetches the model into a few caches; whatever is there then must be right. */
    private static int[] fetch(Hub[] hubs, byte[] weights, int times, long seed)
            throws IOException {
        Random random = new Random(seed);
        int[] results = new int[3];
        for (int i = 0; i < times; i++) {
            Hub hub = hubs[random.nextInt(hubs.length)];
            try {
                byte[] found = Files.readAllBytes(hub.folder("me/model").resolve(WEIGHTS));
                results[Arrays.equals(found, weights) ? 0 : 2]++;
            } catch (TunebookException e) {
                results[1]++;
            }
        }
        return results;
    }

    private static Hub[] hubs(URI address, Path folder, int count) {
        Hub[] hubs = new Hub[count];
        for (int i = 0; i < count; i++)
            hubs[i] = new Hub(address, Optional.empty(), folder.resolve("cache" + i), false);
        return hubs;
    }

    /** What is in the caches under a file's name, and is not that file. */
    private int bad(Path folder) throws IOException {
        int bad = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                byte[] right = server.files.get(file.getFileName().toString());
                if (right != null && !Arrays.equals(right, Files.readAllBytes(file))) bad++;
            }
        }
        return bad;
    }

    @Test
    void manyThreadsOnOneCacheNeverSeeAWrongFile() throws Exception {
        Random random = new Random(11);
        server.otherwise = () -> random(random);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        int[] all = new int[3];
        try {
            List<Future<int[]>> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int seed = t;
                byte[] weights = server.files.get(WEIGHTS);
                Hub[] hubs = hubs(server.address(), folder, 12);
                threads.add(pool.submit(() -> fetch(hubs, weights, 12, seed)));
            }
            for (Future<int[]> thread : threads)
                for (int i = 0; i < 3; i++) all[i] += thread.get()[i];
        } finally {
            pool.shutdown();
        }
        System.out.println(
                "4 threads × 12 downloads from a faulty hub: "
                        + Arrays.toString(all)
                        + " right, refused, wrong; "
                        + bad(folder)
                        + " bad files, "
                        + server.resumed
                        + " resumed");
        assertEquals(0, all[2] + bad(folder));
        assertTrue(all[0] > 24, Arrays.toString(all));
    }

    /** Another process: fetches from the hub at an address, and prints what came of it. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[1]);
            Hub[] hubs = hubs(URI.create(arguments[0]), folder, Integer.parseInt(arguments[2]));
            byte[] weights = new byte[Integer.parseInt(arguments[3])];
            new Random(5).nextBytes(weights);
            System.out.println("ready");
            int times = Integer.parseInt(arguments[4]);
            int[] results = fetch(hubs, weights, times, Long.parseLong(arguments[5]));
            System.out.println(Arrays.toString(results));
        }
    }

    private Process child(int hubs, int bytes, int times, long seed, Path out) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Child.class.getName(), server.address().toString()));
        command.add(folder.toString());
        for (long n : new long[] {hubs, bytes, times, seed}) command.add("" + n);
        return new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void processesOnOneCacheNeverSeeAWrongFile() throws Exception {
        Random random = new Random(12);
        server.otherwise = () -> random(random);
        List<Process> processes = new ArrayList<>();
        try {
            for (int p = 0; p < 3; p++)
                processes.add(child(8, BYTES, 8, 100 + p, folder.resolve("out" + p)));
            for (Process process : processes) assertEquals(0, process.waitFor());
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        List<String> results = new ArrayList<>();
        for (int p = 0; p < 3; p++)
            results.add(Files.readAllLines(folder.resolve("out" + p)).get(1));
        System.out.println(
                "3 processes × 8 downloads from a faulty hub: right, refused, wrong "
                        + results
                        + "; "
                        + bad(folder)
                        + " bad files");
        for (String result : results) assertTrue(result.endsWith(", 0]"), result);
        assertEquals(0, bad(folder));
    }

    @Test
    void aKilledProcessLeavesNoWrongFileAndTheNextGoesOn() throws Exception {
        server.close();
        server = new FaultyHub(4_000_000);
        server.pause = 15;
        Random random = new Random(13);
        int kills = 10;
        int partial = 0;
        Path target = folder.resolve("cache0/me--model/" + FaultyHub.COMMIT + "/" + WEIGHTS);
        for (int k = 0; k < kills; k++) {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Process child = child(1, 4_000_000, 1, k, out);
            try {
                long enough = server.sent.get() + random.nextInt(1_500_000);
                while (child.isAlive() && server.sent.get() <= enough) Thread.sleep(2);
            } finally {
                child.destroyForcibly().waitFor(); // SIGKILL on Unix
            }
            assertEquals(0, bad(folder));
            if (Files.exists(target)) Files.delete(target);
            else partial += waiting(folder.resolve("cache0")).isEmpty() ? 0 : 1;
        }
        Path model = hubs(server.address(), folder, 1)[0].folder("me/model");
        assertRight(model);
        System.out.println(
                kills
                        + " kills while downloading: 0 bad files, "
                        + partial
                        + " left a part, "
                        + server.resumed
                        + " downloads resumed");
        assertTrue(partial > 0 && server.resumed.get() > 0, "nothing was ever resumed");
    }
}
