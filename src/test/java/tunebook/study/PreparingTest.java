package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Partial;
import tunebook.support.Tiny;
import tunebook.train.Ending;

/** What a study does before a run's first step. */
class PreparingTest {
    @TempDir Path folder;

    private Study study(String store) {
        return Study.of("which?", Nd4jEngine::new)
                .backbone(Tiny.backbone(0.1))
                .data(Tiny.data(24, 24))
                .recipes(new Full(), new Partial().last(1), new FeatureExtraction())
                .seeds(2)
                .epochs(1)
                .workers(2)
                .store(folder.resolve(store));
    }

    @Test
    void anObserverSeesWhatARunWaitsFor() {
        Set<String> seen = Collections.synchronizedSet(new LinkedHashSet<>());
        Result result =
                study("runs.db")
                        .observer(
                                progress -> {
                                    if (progress.preparing().isEmpty()) return;
                                    seen.add(progress.recipe() + ": " + progress.preparing());
                                    assertEquals(0, progress.step());
                                })
                        .run();
        assertEquals("", result.cautions().words());
        assertTrue(seen.contains("partial last 1: rows below block 1, 0%"), seen.toString());
        assertTrue(seen.contains("feature extraction: rows below head, 0%"), seen.toString());
        assertTrue(seen.stream().noneMatch(s -> s.startsWith("full")), seen.toString());
    }

    @Test
    void aStudyStopsWhileItPrepares() {
        AtomicReference<Runnable> stop = new AtomicReference<>();
        Observer impatient =
                new Observer() {
                    @Override
                    public void progress(Progress progress) {
                        if (!progress.preparing().isEmpty()) stop.get().run();
                    }

                    @Override
                    public Registration onStop(Runnable hook) {
                        stop.set(hook);
                        return () -> {};
                    }
                };
        Result result =
                study("stopped.db").recipes(new Partial().last(1)).observer(impatient).run();
        for (RunResult run : result.comparison().runs()) {
            assertEquals(Ending.INTERRUPTED, run.status());
            assertTrue(
                    Set.of("stopped before its first step", "stopped before it began")
                            .contains(run.message()),
                    run.message());
        }
        Result again = study("stopped.db").recipes(new Partial().last(1)).run();
        assertTrue(again.comparison().runs().stream().allMatch(r -> r.status() == Ending.FINISHED));
    }
}
