package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tunebook.core.TunebookException;
import tunebook.support.Shared;

class ArchivesTest {
    private static final String LONG = "deep/".repeat(30) + "größe 日本.txt";

    @TempDir Path folder;

    private static byte[] tar() {
        return new Tar()
                .entry("./", '5', new byte[0])
                .entry("cats/", '5', new byte[0])
                .file("cats/1.txt", "meow")
                .file("./dogs/1.txt", "woof")
                .pax("path", LONG)
                .file("short", "deep")
                .entry("././@LongLink", 'L', "gnu/long\0".getBytes(StandardCharsets.UTF_8))
                .file("gn", "gnu")
                .file("empty", "")
                .end();
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("cats/"));
            add(zip, "cats/1.txt", "meow");
            add(zip, "dogs/1.txt", "woof");
            add(zip, LONG, "deep");
            add(zip, "gnu/long", "gnu");
            add(zip, "empty", "");
        }
        return out.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] good(String ending) throws IOException {
        if (ending.equals("zip")) return zip();
        return ending.equals("tar") ? tar() : Tar.gzip(tar());
    }

    static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.filter(Files::isRegularFile).toList())
                files.put(
                        folder.relativize(path).toString().replace('\\', '/'),
                        Files.readString(path));
        }
        return files;
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar", "tar.gz", "tgz"})
    void allOfItIsUnpackedBesideTheArchive(String ending) throws IOException {
        Path archive = Files.write(folder.resolve("pets.v1." + ending), good(ending));
        Path unpacked = Archives.usual().extract(archive);
        assertEquals(folder.resolve("pets.v1"), unpacked);
        Map<String, String> expected = new TreeMap<>();
        expected.put("cats/1.txt", "meow");
        expected.put("dogs/1.txt", "woof");
        expected.put(LONG, "deep");
        expected.put("gnu/long", "gnu");
        expected.put("empty", "");
        assertEquals(expected, files(unpacked));
        assertSays(() -> Archives.usual().extract(archive), "pets.v1: is there already", "remove");
        assertEquals(2, folder.toFile().list().length);
        Path elsewhere = folder.resolve("a/new/place");
        assertEquals(elsewhere, Archives.usual().extract(archive, elsewhere));
        assertEquals(expected, files(elsewhere));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar", "tgz"})
    void cutAnywhereNothingIsLeft(String ending) throws IOException {
        byte[] whole = good(ending);
        for (int length = 0;
                length < whole.length - (ending.equals("tar") ? 1024 : 0);
                length += 61) {
            Path archive = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
            assertSays(() -> Archives.usual().extract(archive), "cut", "Mend: ");
            assertEquals(List.of("cut"), List.of(folder.toFile().list()));
        }
    }

    /** 1,000 archives with one to three bytes changed; {@code -Dseed} repeats one. */
    @Test
    void aMutantIsUnpackedOrRefusedAndNothingElse() throws IOException {
        byte[][] whole = {zip(), tar(), Tar.gzip(tar())};
        Long only = Long.getLong("seed");
        int[] results = new int[2];
        for (long seed = only == null ? 0 : only;
                seed < (only == null ? 1_000 : only + 1);
                seed++) {
            Random random = new Random(seed);
            byte[] mutant = whole[random.nextInt(whole.length)].clone();
            for (int i = 1 + random.nextInt(3); i > 0; i--)
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
            Path archive = Files.write(folder.resolve("mutant"), mutant);
            try {
                Archives.usual().extract(archive, folder.resolve("out-" + seed));
                results[1]++;
            } catch (TunebookException e) {
                assertTrue(e.getMessage().contains("Mend: "), "-Dseed=" + seed);
                assertTrue(!Files.exists(folder.resolve("out-" + seed)), "-Dseed=" + seed);
                results[0]++;
            } catch (Throwable e) {
                throw new AssertionError("repeat with -Dseed=" + seed, e);
            }
        }
        System.out.println("archive mutants refused, unpacked: " + Arrays.toString(results));
        if (only != null) return;
        assertTrue(results[0] > 300 && results[1] > 50);
        assertEquals(1 + results[1], folder.toFile().list().length);
    }

    @Test
    void aPublishedArchiveOfPicturesIsUnpacked() throws IOException {
        Path tar = Shared.path("data/images/cifar10-train-first500-per-class-jpg.tar");
        Path unpacked = Archives.usual().extract(tar, folder.resolve("cifar"));
        try (Stream<Path> files = Files.walk(unpacked)) {
            List<Path> pictures = files.filter(f -> f.toString().endsWith(".jpg")).toList();
            assertEquals(5_000, pictures.size());
            Picture picture = Pictures.read(pictures.get(17));
            assertEquals(32 * 32 * 3, picture.values().length);
        }
    }

    @Test
    void aFileThatIsMissingAndLimitsThatAllowNothingAreNamed() {
        assertSays(() -> Archives.usual().extract(folder.resolve("x.zip")), "no such file");
        assertSays(() -> Archives.usual().extract(folder), "no such file");
        assertSays(() -> new Archives(1, 0, 1), "new Archives(1, 0, 1)", "allows nothing");
    }
}
