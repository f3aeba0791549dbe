package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Input;
import tunebook.core.Precision;
import tunebook.core.Rows;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.data.Batches;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.model.Cut;
import tunebook.support.Kernels;
import tunebook.support.SpiedEngine;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;
import tunebook.support.TinyPictures;
import tunebook.task.Task;

/** What is kept below a cut, and where. */
class PrefixesTest {
    private static final Backbone TINY = Tiny.backbone(0.1);
    private static final Batches TEXTS = Task.of(Tiny.data(96, 96)).train(TINY, 32).batches();
    private static final Batches OTHERS = Task.of(Tiny.data(24, 24)).train(TINY, 32).batches();
    private static final Cut CUT = Cut.after(TINY.model().blocks() + 1);
    private static final long CHUNK = 1 << 15;

    @TempDir Path folder;

    private interface Use {
        void of(Prefixes prefixes) throws Exception;
    }

    private static void with(Backbone backbone, Space space, Consumer<Batch> spy, Use use) {
        Engine engine = new SpiedEngine(spy);
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Prefixes prefixes = new Prefixes(engine, held, backbone, space, CHUNK)) {
            use.of(prefixes);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void nobody(Batch batch) {}

    private Space files(long memory, long files) {
        return new Space(memory, files, 0, folder);
    }

    private static byte[] rows(Prefixes prefixes, Batches examples, Cut cut, int... which) {
        ByteBuffer bytes = prefixes.batch(examples, cut, which).hidden().bytes();
        byte[] rows = new byte[bytes.remaining()];
        bytes.get(rows);
        return rows;
    }

    /** Batches of every size, of one example too, with an example twice. */
    private static List<int[]> some(int examples) {
        Random random = new Random(3);
        List<int[]> some = new ArrayList<>();
        for (int size : new int[] {1, 1, 2, 5, 8, 20, 40})
            some.add(random.ints(size, 0, examples).toArray());
        some.add(new int[] {4, 7, 4});
        return some;
    }

    private static List<byte[]> all(Prefixes prefixes, Batches examples, Cut cut) {
        return some(examples.size()).stream()
                .map(which -> rows(prefixes, examples, cut, which))
                .toList();
    }

    /** In memory, in a file, in both, nowhere, and partly nowhere. */
    private void everywhereTheSame(Backbone backbone, Batches examples) {
        everywhereTheSame(
                backbone,
                examples,
                IntStream.rangeClosed(1, backbone.model().blocks() + 1).mapToObj(Cut::after));
    }

    private void everywhereTheSame(Backbone backbone, Batches examples, Stream<Cut> cuts) {
        for (Cut at : cuts.toList()) {
            List<byte[]> expected = new ArrayList<>();
            with(
                    backbone,
                    Space.memory(0),
                    PrefixesTest::nobody,
                    none -> expected.addAll(all(none, examples, at)));
            for (Space space :
                    List.of(
                            Space.memory(1L << 30),
                            files(0, 1L << 30),
                            files(2 * CHUNK, 1L << 30),
                            files(CHUNK, CHUNK),
                            Space.memory(1))) {
                with(
                        backbone,
                        space,
                        PrefixesTest::nobody,
                        prefixes -> {
                            List<byte[]> got = all(prefixes, examples, at);
                            for (int i = 0; i < got.size(); i++)
                                Kernels.same(
                                        expected.get(i),
                                        got.get(i),
                                        "cut " + at + ", batch " + i + ", " + space);
                        });
            }
        }
    }

    @Test
    void rowsOfTextsAreTheSameToTheBitWhereverTheyAreKept() {
        everywhereTheSame(TINY, TEXTS);
        Backbone decoder = Tiny.decoder(0.1);
        everywhereTheSame(decoder, Task.of(Tiny.data(96, 96)).train(decoder, 32).batches());
    }

    /** Wide enough for products of a row a text to be large. */
    private static Backbone wide() {
        Bert form = (Bert) TINY.model();
        Bert model =
                new Bert(
                        2,
                        64,
                        4,
                        128,
                        form.vocabulary(),
                        form.positions(),
                        form.segments(),
                        1e-12,
                        0.1,
                        Bert.Pooling.CLS);
        Backbone drawn = Backbone.untrained("wide", model, 5);
        return new Backbone("wide", model, drawn.weights(), TINY.tokenizer());
    }

    @Test
    void theRowsThatAHeadReadsAreTheSameToTheBitWhereverTheyAreKept() {
        Backbone wide = wide();
        Batches texts = Task.of(Tiny.data(96, 96)).train(wide, 32).batches();
        Cut read = new Cut(3, Optional.of(Rows.FIRST));
        everywhereTheSame(wide, texts, Stream.of(read));
        with(
                wide,
                Space.memory(1L << 30),
                PrefixesTest::nobody,
                prefixes -> {
                    Tensor few = prefixes.batch(texts, read, 4, 0, 7).hidden();
                    assertEquals(Shape.of(3, 64), few.shape());
                    assertEquals(texts.size() * 64L * 4, prefixes.storage().memoryBytes());
                    Batch all = prefixes.batch(texts, Cut.after(3), 4, 0, 7);
                    int[] first = all.rows(Rows.FIRST);
                    for (int i = 0; i < first.length; i++)
                        for (int j = 0; j < 64; j++)
                            assertEquals(
                                    all.hidden().get(first[i] * 64 + j), few.get(i * 64 + j), 2e-6);
                });
    }

    @Test
    void aNarrowModelKeepsAllRows() {
        with(
                TINY,
                Space.memory(1L << 30),
                PrefixesTest::nobody,
                prefixes -> {
                    Cut read = new Cut(CUT.stages(), Optional.of(Rows.FIRST));
                    assertArrayEquals(
                            rows(prefixes, TEXTS, CUT, 5, 2), rows(prefixes, TEXTS, read, 5, 2));
                });
    }

    @Test
    void rowsOfPicturesAreTheSameToTheBitWhereverTheyAreKept() throws IOException {
        Backbone network = TinyImages.cifar();
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        Batches examples = Task.of(TinyPictures.data(pictures, 40)).train(network, 1).batches();
        everywhereTheSame(network, examples);
    }

    @Test
    void aDeeperCutIsComputedFromTheDeepestThatIsKeptAndHasTheSameBits() {
        List<byte[]> expected = new ArrayList<>();
        with(
                TINY,
                Space.memory(1 << 24),
                PrefixesTest::nobody,
                prefixes -> expected.addAll(all(prefixes, TEXTS, CUT)));
        AtomicInteger fromStart = new AtomicInteger();
        AtomicInteger fromRows = new AtomicInteger();
        with(
                TINY,
                files(1 << 16, 1 << 24),
                batch -> (hasRows(batch) ? fromRows : fromStart).incrementAndGet(),
                prefixes -> {
                    prefixes.prepare(TEXTS, Cut.after(1), share -> true);
                    assertEquals(0, fromRows.get());
                    int start = fromStart.get();
                    assertTrue(start > 0);
                    prefixes.prepare(TEXTS, Cut.after(2), share -> true);
                    List<byte[]> got = all(prefixes, TEXTS, CUT);
                    for (int i = 0; i < got.size(); i++)
                        assertArrayEquals(expected.get(i), got.get(i), "batch " + i);
                    assertEquals(2 * start, fromRows.get());
                    assertEquals(start, fromStart.get());
                });
    }

    private static boolean hasRows(Batch batch) {
        try {
            return batch.tensor(Input.HIDDEN) != null;
        } catch (TunebookException none) {
            return false;
        }
    }

    @Test
    void nothingIsLeftInTheFolder() {
        with(
                TINY,
                files(0, 1 << 24),
                PrefixesTest::nobody,
                prefixes -> {
                    byte[] rows = rows(prefixes, TEXTS, CUT, 3, 1);
                    assertEquals(0, prefixes.storage().memoryBytes());
                    assertTrue(prefixes.storage().fileBytes() > rows.length);
                    prefixes.close();
                    Kernels.same(rows, rows(prefixes, TEXTS, CUT, 3, 1), "after closing");
                });
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void twoThreadsThatWantTheSameComputeItOnce() throws Exception {
        List<Integer> examples = Collections.synchronizedList(new ArrayList<>());
        int batches = TEXTS.inOrder(32).size();
        CountDownLatch both = new CountDownLatch(2);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        with(
                TINY,
                Space.memory(1 << 24),
                batch -> examples.add(batch.sequences().count()),
                prefixes -> {
                    List<Future<byte[]>> rows = new ArrayList<>();
                    for (int i = 0; i < 2; i++)
                        rows.add(
                                pool.submit(
                                        () -> {
                                            both.countDown();
                                            both.await();
                                            return rows(prefixes, TEXTS, CUT, 0, 9, 50);
                                        }));
                    assertArrayEquals(rows.get(0).get(), rows.get(1).get());
                    assertEquals(batches, examples.size());
                    rows(prefixes, TEXTS, CUT, 1, 2, 3);
                    assertEquals(batches, examples.size());
                });
        pool.shutdown();
    }

    @Test
    void rowsOfAnotherPartDoNotWait() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(1);
        Thread here = Thread.currentThread();
        with(
                TINY,
                Space.memory(1 << 24),
                batch -> {
                    if (Thread.currentThread() == here) return;
                    begun.countDown();
                    await(goOn);
                },
                prefixes -> {
                    Future<Boolean> slow =
                            pool.submit(() -> prefixes.prepare(TEXTS, CUT, share -> true));
                    await(begun);
                    assertTrue(prefixes.prepare(OTHERS, CUT, share -> true));
                    assertTrue(prefixes.prepare(TEXTS, Cut.after(1), share -> true));
                    assertFalse(slow.isDone());
                    goOn.countDown();
                    assertTrue(slow.get());
                });
        pool.shutdown();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS), "nobody came");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itStopsWithinABatchAndIsFinishedLater() {
        AtomicInteger computed = new AtomicInteger();
        with(
                TINY,
                Space.memory(1 << 24),
                batch -> computed.incrementAndGet(),
                prefixes -> {
                    List<Double> shares = new ArrayList<>();
                    assertFalse(
                            prefixes.prepare(
                                    TEXTS,
                                    CUT,
                                    share -> {
                                        shares.add(share);
                                        return shares.size() < 3;
                                    }));
                    assertEquals(2, computed.get());
                    assertEquals(List.of(0.0, 0.25, 0.5), shares);
                    assertTrue(prefixes.prepare(TEXTS, CUT, share -> true));
                    assertEquals(TEXTS.inOrder(32).size(), computed.get());
                });
    }

    @Test
    void aFullDiskOrNoFolderCostsTimeOnlyAndIsSaid() {
        Path gone = folder.resolve("gone");
        with(
                TINY,
                new Space(0, 1 << 24, 0, gone),
                PrefixesTest::nobody,
                prefixes -> {
                    assertEquals("", prefixes.caution());
                    rows(prefixes, TEXTS, CUT, 3, 1);
                    assertEquals(
                            "1 MiB of rows below the cuts found no room and were computed again"
                                    + " each time: "
                                    + gone
                                    + " took no more (NoSuchFileException)",
                            prefixes.caution());
                });
        with(
                TINY,
                new Space(0, Long.MAX_VALUE, Long.MAX_VALUE / 2, folder),
                PrefixesTest::nobody,
                prefixes -> {
                    rows(prefixes, TEXTS, CUT, 3, 1);
                    assertTrue(prefixes.caution().endsWith("no more for them"), prefixes.caution());
                    assertEquals(0, prefixes.storage().fileBytes());
                });
        TunebookException error =
                assertThrows(TunebookException.class, () -> new Space(-1, 0, 0, folder));
        assertEquals("-1 bytes of memory, 0 of files, reserve 0", error.what());
    }

    @Test
    void thereIsRoomOnThisMachineAndItIsLessThanTheHeap() {
        Space space = Space.ofMachine();
        assertTrue(space.memory() > 0, space.toString());
        assertTrue(space.memory() <= Runtime.getRuntime().maxMemory() / 4, space.toString());
        assertTrue(Files.isDirectory(space.folder()), space.toString());
    }
}
