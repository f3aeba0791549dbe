package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;
import static tunebook.support.TinyPictures.half;
import static tunebook.support.TinyPictures.put;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.support.TinyPictures;

class ImagesTest {
    @TempDir Path temporary;
    private Path root;

    @BeforeEach
    void tenPicturesOfEachClass() throws IOException {
        root = TinyPictures.folder(temporary.resolve("halves"), 10, 1);
    }

    private static List<ImageExample> all(Dataset<ImageExample> data) {
        return Stream.of(data.train(), data.validation(), data.test())
                .flatMap(List::stream)
                .toList();
    }

    private static Set<String> ids(List<ImageExample> some) {
        return some.stream().map(ImageExample::id).collect(Collectors.toSet());
    }

    private Path zip(Path folder) throws IOException {
        Path file = temporary.resolve("halves.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file));
                Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.getParent().relativize(each).toString().replace('\\', '/');
                out.putNextEntry(new ZipEntry(name));
                out.write(Files.readAllBytes(each));
            }
        }
        return file;
    }

    @Test
    void aFolderAClassIsADataSet() throws IOException {
        Files.writeString(root.resolve("README.md"), "beside the classes");
        Files.writeString(root.resolve("high").resolve(".DS_Store"), "hidden");
        Dataset<ImageExample> data = Images.of(root).split(0.6, 0.2, 0.2);
        assertEquals(Kind.PICTURES, data.kind());
        assertEquals(List.of("high", "low"), data.labels());
        assertEquals(
                List.of(12, 4, 4),
                List.of(data.train().size(), data.validation().size(), data.test().size()));
        assertEquals(20, ids(all(data)).size());
        ImageExample one =
                all(data).stream().filter(e -> e.id().equals("low/3.png")).findFirst().get();
        assertEquals(1, one.label());
        assertEquals("low", one.answer());
        assertEquals(half(false, 12, 10, 3, 10_007).height(), one.picture().height());
        assertEquals(
                ImageExample.content(half(false, 12, 10, 3, 10_007)),
                one.content(),
                "the pixels are those of the file");
        assertEquals(2, data.test().stream().filter(e -> e.label() == 0).count());
        Table table = data.describe();
        assertEquals(
                List.of("short side min", "short side median"), table.columnNames().subList(4, 6));
        assertEquals("10", table.getString(0, "short side min"));
    }

    @Test
    void anArchiveIsTheFolderInItAndLeavesNothingBehind() throws IOException {
        Dataset<ImageExample> folder = Images.of(root).split(0.6, 0.2, 0.2);
        Set<Path> before = temporaryFolders();
        Dataset<ImageExample> packed = Images.of(zip(root)).split(0.6, 0.2, 0.2);
        Tar tar = new Tar();
        for (ImageExample e : all(folder))
            tar.entry("halves/" + e.id(), '0', Files.readAllBytes(root.resolve(e.id())));
        Path file = Files.write(temporary.resolve("halves.tar.gz"), Tar.gzip(tar.end()));
        Dataset<ImageExample> rolled = Images.of(file).split(0.6, 0.2, 0.2);
        assertEquals(folder.sha256(), packed.sha256());
        assertEquals(folder.sha256(), rolled.sha256());
        assertEquals(before, temporaryFolders());
    }

    private static Set<Path> temporaryFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().startsWith("tunebook-images"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void theSeedDecidesTheSplitAndEqualPicturesStayTogether() throws IOException {
        for (int copy = 0; copy < 5; copy++)
            Files.copy(root.resolve("high/0.png"), root.resolve("high/copy" + copy + ".png"));
        Dataset<ImageExample> one = Images.of(root).split(0.5, 0.25, 0.25);
        assertEquals(one.sha256(), Images.of(root).split(0.5, 0.25, 0.25).sha256());
        Set<String> others = ids(Images.of(root).splitSeed(2).split(0.5, 0.25, 0.25).test());
        assertTrue(!others.equals(ids(one.test())));
        assertEquals(5, one.duplicates());
        assertEquals(List.of(), one.leaks());
        List<Long> copies =
                Stream.of(one.train(), one.validation(), one.test())
                        .map(
                                part ->
                                        part.stream()
                                                .filter(e -> e.id().matches("high/(0|copy.).png")))
                        .map(Stream::count)
                        .toList();
        assertTrue(copies.contains(6L), "copies in " + copies);
    }

    @Test
    void givenPartsAreTaken() throws IOException {
        Path parts = temporary.resolve("parts");
        TinyPictures.folder(parts.resolve("Train"), 20, 1);
        TinyPictures.folder(parts.resolve("test"), 4, 2);
        Dataset<ImageExample> data = Images.of(parts).parts();
        assertEquals(
                List.of(36, 4, 8),
                List.of(data.train().size(), data.validation().size(), data.test().size()),
                "a tenth of the training pictures chooses");
        assertTrue(ids(data.test()).contains("test/low/3.png"));
        TinyPictures.folder(parts.resolve("val"), 3, 3);
        Dataset<ImageExample> three = Images.of(parts).parts();
        assertEquals(40, three.train().size());
        assertTrue(ids(three.validation()).contains("val/high/2.png"));
        Files.copy(parts.resolve("val/high/2.png"), parts.resolve("Train/high/again.png"));
        assertEquals(1, Images.of(parts).parts().leaks().size());
        assertSays(
                () -> Images.of(parts).split(0.6, 0.2, 0.2),
                "parts: is in parts already: test, train, validation",
                "call parts()");
        assertSays(() -> Images.of(root).parts(), "is not in parts", "call split(0.7");
        put(parts.resolve("test/lwo/0.png"), half(true, 4, 4, 3, 1));
        assertSays(
                () -> Images.of(parts).parts(),
                "test/lwo/0.png",
                "label \"lwo\" of the test part",
                "nearest is \"low\"");
    }

    @Test
    void whatIsNoPictureIsNamedOrSkipped() throws IOException {
        Files.writeString(root.resolve("low/notes.txt"), "no picture");
        byte[] whole = Files.readAllBytes(root.resolve("low/0.png"));
        Files.write(root.resolve("low/cut.png"), java.util.Arrays.copyOf(whole, whole.length / 2));
        Files.createDirectories(root.resolve("middle"));
        assertSays(
                () -> Images.of(root).split(0.6, 0.2, 0.2),
                root + "/low/cut.png",
                "is a broken picture",
                "skipBad()");
        Files.delete(root.resolve("low/cut.png"));
        assertSays(
                () -> Images.of(root).split(0.6, 0.2, 0.2),
                root + "/low/notes.txt",
                "is no PNG, JPEG, GIF or BMP picture",
                "skipBad()");
        Dataset<ImageExample> rest = Images.of(root).skipBad().split(0.6, 0.2, 0.2);
        assertEquals(2, rest.skipped(), "the text and the class without pictures");
        assertEquals(List.of("high", "low"), rest.labels());
        Files.delete(root.resolve("low/notes.txt"));
        assertSays(
                () -> Images.of(root).split(0.6, 0.2, 0.2),
                root + "/middle",
                "the class \"middle\" has no pictures");
        assertSays(
                () -> Images.of(zip(root).resolveSibling("none.zip")).split(0.6, 0.2, 0.2),
                "none.zip",
                "no such file");
    }

    @Test
    void tooFewClassesOrPicturesAreNamed() throws IOException {
        assertSays(
                () -> Images.of(root.resolve("low")).split(0.6, 0.2, 0.2),
                "low: has no folders in it",
                "a folder that is called as the class");
        Path one = temporary.resolve("one");
        put(one.resolve("only/0.png"), half(true, 4, 4, 3, 1));
        assertSays(
                () -> Images.of(one).split(0.6, 0.2, 0.2),
                "one: has one class only: \"only\"",
                "at least two classes");
        put(root.resolve("rare/0.png"), half(true, 4, 4, 3, 1));
        put(root.resolve("rare/1.png"), half(true, 4, 4, 3, 1));
        assertSays(
                () -> Images.of(root).split(0.6, 0.2, 0.2),
                "class \"rare\" has 1 different pictures, too few for 3 parts");
        assertSays(() -> Images.of(root).split(0.6, 0.2, 0.3), "their sum 1, it is 1.1");
    }

    @Test
    void largePicturesAreShrunkAndTooMuchIsRefusedBeforeTheMemoryIs() throws IOException {
        put(root.resolve("low/large.png"), half(true, 300, 600, 3, 1));
        assertEquals("256 × 512", size(Images.of(root)));
        assertEquals("8 × 16", size(Images.of(root).shortSide(8)));
        assertEquals("300 × 600", size(Images.of(root).shortSide(300)));
        assertSays(
                () -> Images.of(root).mostBytes(100_000).split(0.6, 0.2, 0.2),
                "halves",
                "do not fit into 0 MiB",
                "shortSide(128)",
                "-Xmx");
        assertSays(() -> Images.of(root).shortSide(0), "shortSide(0)");
    }

    private static String size(Images images) {
        return all(images.split(0.6, 0.2, 0.2)).stream()
                .filter(e -> e.id().equals("low/large.png"))
                .map(e -> e.picture().height() + " × " + e.picture().width())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void idxFilesAreDataSets() throws IOException {
        Path pictures = idx("train-images", 3, 60, 2, 2);
        Path labels = idx("train-labels", 1, 60);
        Dataset<ImageExample> data = Images.of(pictures, labels).split(0.6, 0.2, 0.2);
        assertEquals(List.of("0", "1", "2"), data.labels());
        assertEquals(60, all(data).size());
        ImageExample one = all(data).stream().filter(e -> e.id().equals("7")).findFirst().get();
        assertEquals("1", one.answer());
        assertEquals(28, one.picture().at(0, 0, 0), "the seventh picture's first pixel");
        assertEquals(1, one.picture().channels());
        Dataset<ImageExample> given =
                Images.of(pictures, labels)
                        .test(Images.of(idx("test-images", 3, 30, 2, 2), idx("test-labels", 1, 30)))
                        .parts();
        assertEquals(30, given.test().size());
        assertEquals(60, given.train().size() + given.validation().size());
        assertTrue(ids(given.test()).contains("test/29"));
        assertSays(
                () -> Images.of(labels, pictures).split(0.6, 0.2, 0.2),
                "train-labels",
                "not [pictures, height, width]",
                "pictures first");
        assertSays(
                () -> Images.of(pictures, idx("few", 1, 59)).split(0.6, 0.2, 0.2),
                "few",
                "[59] for 60 pictures");
        assertSays(
                () -> Images.of(root).test(Images.of(root)).split(0.6, 0.2, 0.2),
                "in parts already: test, train");
        List<Picture> two = List.of(half(true, 2, 2, 1, 1), half(false, 2, 2, 1, 2));
        assertSays(() -> Images.of("some", two, List.of("a")), "some: 1 labels for 2 pictures");
        Images.of("some", two, List.of("a", "b")).test(Images.of("more", two, List.of("a", "b")));
    }

    @Test
    void aFolderThatLeadsBackIntoItselfIsNamed() throws IOException {
        Files.createSymbolicLink(root.resolve("low/again"), root.resolve("low"));
        assertSays(() -> Images.of(root).split(0.6, 0.2, 0.2), "halves", "cannot be read", "links");
    }

    /** Bytes 0, 1, 2 … as pictures, 0, 1, 2, 0, 1, 2 … as labels. */
    private Path idx(String name, int rank, int... sizes) throws IOException {
        int bytes = 1;
        for (int size : sizes) bytes *= size;
        java.nio.ByteBuffer file = java.nio.ByteBuffer.allocate(4 + 4 * rank + bytes);
        file.put(new byte[] {0, 0, 8, (byte) rank});
        for (int size : sizes) file.putInt(size);
        for (int i = 0; i < bytes; i++) file.put((byte) (rank == 1 ? i % 3 : i));
        return Files.write(temporary.resolve(name), file.array());
    }
}
