package tunebook.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.Tunebook;
import tunebook.core.Engine;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Partial;
import tunebook.recipe.PromptTuning;
import tunebook.study.Result;
import tunebook.study.Study;
import tunebook.support.Tiny;

/** A study on either engine ends in the same tables and the same verdict. */
class TorchStudyTest {
    @TempDir Path folder;

    private Result run(String store, IntFunction<Engine> engine, int workers) {
        return Study.of("which?", Nd4jEngine::new)
                .backbone(Tiny.backbone(0))
                .data(Tiny.data(24, 24))
                .recipes(
                        new Full().learningRate(3e-3),
                        new Partial().last(1),
                        new FeatureExtraction(),
                        new Lora(2),
                        new PromptTuning(3))
                .seeds(3)
                .epochs(3)
                .batchSize(8)
                .workers(workers)
                .store(folder.resolve(store))
                .on(engine)
                .run();
    }

    @Test
    void tablesAndVerdictAreThoseOfTheOtherEngine() {
        Result expected = run("nd4j.db", Nd4jEngine::new, 2);
        Libtorch.engine();
        Result got = run("torch.db", TorchEngine::cpu, 2);
        assertEquals(expected.verdict().toString(), got.verdict().toString());
        assertEquals(expected.pairs().print(), got.pairs().print());
        int compared = 0;
        for (String column : expected.table().columnNames()) {
            if (column.contains("second") || column.contains("MiB")) continue;
            assertEquals(
                    expected.table().column(column).asList(),
                    got.table().column(column).asList(),
                    column);
            compared++;
        }
        assertTrue(compared >= 3, expected.table().columnNames().toString());
        assertEquals(15, got.comparison().runs().size());
    }

    @Test
    void whereNoCardIsUsableTheCpuComputes() {
        assumeTrue(TorchEngine.gpu().isEmpty(), "there is a card");
        assertEquals(new Nd4jEngine(2).device(), Tunebook.gpu().apply(2).device());
    }
}
