package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.OutOfMemory;
import tunebook.core.Precision;
import tunebook.data.Dataset;
import tunebook.data.TextExample;
import tunebook.model.Backbone;
import tunebook.model.Cut;
import tunebook.recipe.Full;
import tunebook.recipe.Partial;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.study.Result;
import tunebook.study.Study;
import tunebook.support.SpiedEngine;
import tunebook.support.Tiny;
import tunebook.task.Part;
import tunebook.task.Task;

/** Batches that find no room are computed in parts. */
class FittingTest {
    private static final Backbone STILL = Tiny.backbone(0);
    private static final Dataset<TextExample> DATA = Tiny.data(24, 24);
    private static final Part TRAIN = Task.of(DATA).train(STILL, 32);
    private static final Part VALIDATION = Task.of(DATA).validation(STILL, 32);

    @TempDir Path folder;

    private static Outcome train(Recipe recipe, Consumer<Batch> spy) {
        Engine engine = new SpiedEngine(spy);
        Tuning tuning = Tuning.of(recipe, STILL, STILL.model().classifier(2), 3);
        try (Engine.Held held = engine.hold(STILL.weights(), Precision.FLOAT);
                Prefixes prefixes = new Prefixes(engine, held, STILL, Space.memory(0))) {
            return new Trainer(engine, held, prefixes)
                    .run(tuning, TRAIN, VALIDATION, 3, Watch.NONE);
        }
    }

    private static Recipe full() {
        return new Full().epochs(2).batchSize(8);
    }

    /** Finds no room at these computations, counted from 1. */
    private static Consumer<Batch> noRoomAt(Integer... which) {
        AtomicInteger count = new AtomicInteger();
        return batch -> {
            if (Set.of(which).contains(count.incrementAndGet()))
                throw new OutOfMemory("a small card", batch.sequences().rows(), null);
        };
    }

    @Test
    void aStepBeginsAnewInSmallerPartsAndLaterOnesStayInThem() {
        Outcome whole = train(full(), batch -> {});
        Outcome asked = train(full().accumulate(4), batch -> {});
        // the batch, then of its two parts the second, whose neighbour's gradient is there already
        Outcome forced = train(full(), noRoomAt(1, 3));
        assertEquals(asked.curve(), forced.curve());
        for (String name : asked.learned().names())
            assertArrayEquals(
                    asked.learned().get(name).floats(), forced.learned().get(name).floats(), name);
        assertEquals("", whole.message());
        assertEquals("", asked.message());
        assertEquals(
                "batches of 8 found no room in memory and were computed in 4 parts",
                forced.message());
    }

    @Test
    void anExampleThatFindsNoRoomByItselfEndsTheRun() {
        OutOfMemory none =
                assertThrows(
                        OutOfMemory.class,
                        () ->
                                train(
                                        full(),
                                        batch -> {
                                            throw new OutOfMemory("a small card", 7, null);
                                        }));
        assertEquals(
                "a small card: has no memory for a batch of 7 rows. Mend: give smaller batches,"
                        + " shorter texts or fewer workers",
                none.getMessage());
    }

    @Test
    void answersAreComputedInPartsToo() {
        List<Integer> sizes = new ArrayList<>();
        // rows of so small a model are computed many times over: these do not count here
        Consumer<Batch> small =
                batch -> {
                    if (batch.sequences().rows() > 4000) return;
                    if (batch.sequences().count() > 3)
                        throw new OutOfMemory("a small card", batch.sequences().rows(), null);
                    sizes.add(batch.sequences().count());
                };
        Recipe partial = new Partial().last(1).epochs(1).batchSize(8);
        Outcome expected = train(partial.accumulate(4), batch -> {});
        Outcome forced = train(partial, small);
        assertEquals(
                expected.curve().get(0).validationLoss(),
                forced.curve().get(0).validationLoss(),
                1e-6);
        assertTrue(sizes.size() > 10 && sizes.stream().allMatch(n -> n <= 3), sizes.toString());
    }

    @Test
    void rowsInPartsAreThoseOfTheWhole() {
        Cut cut = Cut.after(STILL.model().blocks() + 1);
        float[] expected = rows(cut, batch -> {});
        assertArrayEquals(expected, rows(cut, noRoomAt(1, 2)), 1e-6f);
    }

    private static float[] rows(Cut cut, Consumer<Batch> spy) {
        Engine engine = new SpiedEngine(spy);
        try (Engine.Held held = engine.hold(STILL.weights(), Precision.FLOAT);
                Prefixes prefixes = new Prefixes(engine, held, STILL, Space.memory(1 << 24))) {
            return prefixes.batch(TRAIN.batches(), cut, 3, 1, 4, 1, 5).hidden().floats();
        }
    }

    @Test
    void theStudySaysOnceWhatWasComputedInParts() {
        Result result =
                Study.of("fits?", threads -> new SpiedEngine(noRoomAt(1)))
                        .backbone(STILL)
                        .data(DATA)
                        .recipes(full())
                        .seeds(1)
                        .workers(1)
                        .store(folder.resolve("runs.db"))
                        .run();
        String said = "full: batches of 8 found no room in memory and were computed in 2 parts";
        assertTrue(result.table().name().endsWith(said), result.table().name());
        assertEquals(said, result.cautions().words());
    }
}
