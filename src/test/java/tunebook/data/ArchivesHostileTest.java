package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.support.Pickle;

/** Archives that would write elsewhere, or too much: each refused by name, and nothing is left. */
class ArchivesHostileTest {
    private static final Archives FEW = new Archives(100, 40 << 20, 100);

    @TempDir Path folder;

    private static Arguments hostile(String name, byte[] archive, String words) {
        return Arguments.of(name, archive, words);
    }

    private static byte[] zip(String... names) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (String name : names) entries.put(name, new byte[] {1, 2, 3});
        return Pickle.stored(entries);
    }

    private static byte[] tar(String... names) {
        Tar tar = new Tar();
        for (String name : names) tar.file(name, "abc");
        return tar.end();
    }

    /** Writes other letters over some; a zip file's lengths and checksums do not notice. */
    private static byte[] spelt(byte[] archive, String from, String to) {
        String latin = new String(archive, StandardCharsets.ISO_8859_1);
        return latin.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A zip file whose directory says another thing of its nth entry. */
    private static byte[] patched(byte[] archive, int signature, int nth, int at, int value) {
        ByteBuffer bytes = ByteBuffer.wrap(archive.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int found = -1;
        for (int i = 0; i < bytes.capacity() - 4; i++)
            if (bytes.getInt(i) == signature && ++found == nth)
                return bytes.putInt(i + at, value).array();
        throw new AssertionError("no such header");
    }

    private static byte[] unix(int mode) {
        byte[] made = patched(zip("good.txt", "link"), 0x02014b50, 1, 4, 0x00140314);
        return patched(made, 0x02014b50, 1, 38, mode << 16);
    }

    private static byte[] deflated(int files, int bytesEach) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            for (int i = 0; i < files; i++) {
                zip.putNextEntry(new ZipEntry("zeros" + i));
                zip.write(new byte[bytesEach]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String[] numbered(int count) {
        String[] names = new String[count];
        for (int i = 0; i < count; i++) names[i] = "n" + i;
        return names;
    }

    static List<Arguments> archives() {
        List<Arguments> all = new ArrayList<>();
        String[][] names = {
            {"up", "../evil", "leads out of its folder"},
            {"up from below", "a/../../evil", "leads out of its folder"},
            {"up and back", "a/../b", "leads out of its folder"},
            {"up at the end", "a/..", "leads out of its folder"},
            {"up with a dot", "./../evil", "leads out of its folder"},
            {"sibling with the same beginning", "../box-2/evil", "leads out of its folder"},
            {"up with a blank", "a/.. /evil", "leads out of its folder"},
            {"three dots", ".../evil", "leads out of its folder"},
            {"from the root", "/tmp/evil", "begins at the root"},
            {"from two roots", "//server/evil", "begins at the root"},
            {"backslash up", "..\\evil", "has a backslash"},
            {"backslash within", "a\\..\\..\\evil", "has a backslash"},
            {"network of Windows", "\\\\server\\evil", "has a backslash"},
            {"drive", "C:evil", "begins with a drive"},
            {"drive and root", "c:/evil", "begins with a drive"},
            {"stream of Windows", "a.txt:evil", "has a colon"},
            {"tab", "a\tb", "has a character that is none"},
            {"line end", "a\nb", "has a character that is none"},
            {"dot at the end", "a./b", "which Windows drops"},
            {"blank at the end", "a ", "which Windows drops"},
            {"dot alone", ".", "names the folder itself"},
            {"very deep", "d/".repeat(45) + "x", "is nested deeper than 40"},
        };
        for (String[] n : names) {
            all.add(hostile("zip " + n[0], zip("good.txt", n[1]), n[2]));
            all.add(hostile("tar " + n[0], tar("good.txt", n[1]), n[2]));
        }
        all.add(hostile("zip NUL", zip("good.txt", "a\0b"), "has a character that is none"));
        all.add(hostile("zip root alone", zip("/x"), "begins at the root"));
        all.add(hostile("zip long name", zip("good", "x".repeat(5_000)), "has a name of 5000"));
        all.add(hostile("zip long part", zip("x".repeat(300)), "a part of more than 255 bytes"));
        all.add(
                hostile(
                        "tar long name",
                        new Tar().pax("path", "x".repeat(5_000)).file("x", "").end(),
                        "has a name of 5000"));
        all.add(
                hostile(
                        "pax path up",
                        new Tar().pax("path", "../evil").file("x", "").end(),
                        "leads out of its folder"));
        all.add(
                hostile(
                        "GNU name up",
                        new Tar()
                                .entry("L", 'L', "../evil\0".getBytes(StandardCharsets.UTF_8))
                                .file("x", "")
                                .end(),
                        "leads out of its folder"));
        all.add(
                hostile(
                        "tar folder up",
                        new Tar().entry("../d/", '5', new byte[0]).end(),
                        "leads out"));
        all.add(hostile("zip capitals", zip("Readme", "README"), "in capitals only"));
        all.add(hostile("tar capitals", tar("a/Readme", "a/README"), "in capitals only"));
        all.add(hostile("zip folder's capitals", zip("a/x", "A/y"), "clashes with \"a/\""));
        all.add(hostile("tar two spellings of é", tar("\u00e9", "e\u0301"), "in capitals only"));
        all.add(
                hostile(
                        "zip same name",
                        spelt(zip("aaaa", "bbbb"), "bbbb", "aaaa"),
                        "there twice"));
        all.add(hostile("tar same name", tar("a", "./a"), "there twice"));
        all.add(hostile("tar file then folder", tar("a", "a/b"), "clashes with \"a\""));
        all.add(hostile("tar folder then file", tar("a/b", "a"), "there twice"));
        all.add(hostile("zip symbolic link", unix(0120777), "is a symbolic link"));
        all.add(hostile("zip device", unix(0020666), "neither a file nor a folder"));
        all.add(hostile("zip socket", unix(0140666), "neither a file nor a folder"));
        all.add(
                hostile(
                        "tar symbolic link",
                        new Tar().link("l", '2', "../..").file("l/evil", "x").end(),
                        "is a symbolic link"));
        all.add(
                hostile(
                        "tar hard link",
                        new Tar().link("l", '1', "/etc/passwd").end(),
                        "is a hard link"));
        all.add(hostile("tar device", new Tar().link("d", '3', "").end(), "is a device"));
        all.add(hostile("tar disk", new Tar().link("d", '4', "").end(), "is a device"));
        all.add(hostile("tar pipe", new Tar().link("p", '6', "").end(), "is a pipe"));
        all.add(hostile("tar sparse", new Tar().link("s", 'S', "").end(), "is a file with holes"));
        all.add(
                hostile(
                        "pax sparse",
                        new Tar().pax("GNU.sparse.major", "1").file("s", "").end(),
                        "is a file with holes"));
        all.add(hostile("tar unknown kind", new Tar().link("s", 'Q', "").end(), "unknown kind 81"));
        all.add(hostile("zip bomb", deflated(1, 30 << 20), "more than 100 times its"));
        all.add(hostile("zip bomb of many", deflated(30, 1 << 20), "more than 100 times its"));
        all.add(
                hostile(
                        "zip that hides its size",
                        patched(deflated(1, 30 << 20), 0x02014b50, 0, 24, 5),
                        "more than 100 times its"));
        all.add(hostile("zip too large", deflated(3, 20 << 20), "more than 41943040 bytes"));
        all.add(
                hostile(
                        "tar.gz bomb",
                        Tar.gzip(new Tar().entry("z", '0', new byte[30 << 20]).end()),
                        "more than 100 times its"));
        all.add(
                hostile(
                        "tar.gz bomb after its end",
                        Tar.gzip(Arrays.copyOf(tar("a"), 30 << 20)),
                        "more than 100 times its"));
        all.add(
                hostile(
                        "tar that says 8 EiB",
                        new Tar().head("z", '0', "777777777777777777777", "").end(),
                        "more than 41943040 bytes"));
        all.add(
                hostile(
                        "tar that says 1 TiB",
                        new Tar().head("z", '0', "20000000000000", "").end(),
                        "more than 41943040 bytes"));
        all.add(
                hostile(
                        "pax negative size",
                        new Tar().pax("size", "-1").file("x", "").end(),
                        "negative or unreadable size"));
        all.add(
                hostile(
                        "pax line too long",
                        new Tar()
                                .entry("p", 'x', "99 path=x\n".getBytes(StandardCharsets.UTF_8))
                                .end(),
                        "a header that cannot be read"));
        all.add(
                hostile(
                        "pax of a megabyte",
                        new Tar().entry("p", 'x', new byte[1 << 20]).end(),
                        "has a header of 1048576 bytes"));
        all.add(hostile("zip too many", zip(numbered(101)), "more than 100 entries"));
        all.add(hostile("tar too many", tar(numbered(101)), "more than 100 entries"));
        Tar headers = new Tar();
        for (int i = 0; i < 101; i++) headers.entry("g", 'g', new byte[0]);
        all.add(hostile("tar too many headers", headers.end(), "more than 100 entries"));
        all.add(hostile("zip cut", Arrays.copyOf(zip("a", "b"), 150), "no directory at its end"));
        all.add(hostile("tar cut in a file", Arrays.copyOf(tar("a", "b"), 1540), "cut off"));
        all.add(hostile("tar without its end", new Tar().file("a", "b").open(), "closing blocks"));
        byte[] gzip = Tar.gzip(tar("a"));
        all.add(hostile("tar.gz cut", Arrays.copyOf(gzip, gzip.length - 9), "cut off or broken"));
        byte[] wrong = gzip.clone();
        wrong[gzip.length - 7]++;
        all.add(hostile("tar.gz wrong checksum", wrong, "cut off or broken"));
        all.add(
                hostile(
                        "zip wrong checksum",
                        patched(zip("a"), 0x02014b50, 0, 16, 7),
                        "has another checksum than the archive says"));
        byte[] header = tar("good", "evil");
        header[1024]++;
        all.add(hostile("tar wrong checksum", header, "another checksum than it says"));
        all.add(
                hostile(
                        "zip with two names",
                        patched(zip("aaaa", "b"), 0x04034b50, 0, 30, 0x7a7a7a7a),
                        "has another name in its own header"));
        all.add(
                hostile(
                        "zip overlapping",
                        patched(spelt(zip("aaaa", "bbbb"), "bbbb", "aaaa"), 0x02014b50, 1, 42, 0),
                        "there twice"));
        all.add(hostile("tar goes on", Arrays.copyOf(tail(), tail().length + 3), "goes on after"));
        all.add(hostile("no archive", "hello".getBytes(StandardCharsets.UTF_8), "neither a zip"));
        all.add(hostile("nothing", new byte[0], "neither a zip"));
        all.add(hostile("zeros", new byte[10_240], "neither a zip"));
        return all;
    }

    private static byte[] tail() {
        byte[] tar = tar("a");
        tar[tar.length - 1] = 1;
        return tar;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("archives")
    void isRefusedByNameAndLeavesNothing(String name, byte[] archive, String words)
            throws IOException {
        Path inner = Files.createDirectories(folder.resolve("outer/inner"));
        Files.createDirectories(folder.resolve("outer/box-2"));
        Path file = Files.write(inner.resolve("box.bin"), archive);
        Map<String, String> before = tree();
        assertSays(() -> FEW.extract(file, inner.resolve("box")), file.toString(), words, "Mend: ");
        assertEquals(before, tree());
    }

    private Map<String, String> tree() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (var all = Files.walk(folder)) {
            for (Path path : all.toList())
                found.put(path.toString(), Files.isDirectory(path) ? "/" : "" + Files.size(path));
        }
        return found;
    }

    @Test
    void theGoodOnesTheyAreMadeFromAreUnpacked() throws IOException {
        Path zip = Files.write(folder.resolve("z"), zip("good.txt", "a/b"));
        assertEquals(2, ArchivesTest.files(FEW.extract(zip)).size());
        Path tar = Files.write(folder.resolve("t"), tar("good.txt", "a/b"));
        assertEquals(2, ArchivesTest.files(FEW.extract(tar)).size());
        Path large = Files.write(folder.resolve("l"), deflated(1, 30 << 20));
        assertEquals(1, ArchivesTest.files(new Archives(1, 1L << 30, 1_100).extract(large)).size());
        assertTrue(Files.exists(folder.resolve("z-unpacked/a/b")));
    }

    @AfterAll
    static void nothingOutside() {
        System.out.println(
                "hostile archives refused by name: " + archives().size() + ", 0 files left");
    }
}
