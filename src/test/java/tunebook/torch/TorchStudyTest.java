package tunebook.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.Gpu;
import tunebook.Tunebook;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Partial;
import tunebook.recipe.PromptTuning;
import tunebook.stats.Mark;
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
        assertEquals(expected.pairs().columns().toString(), got.pairs().columns().toString());
        for (String column : expected.pairs().columnNames())
            assertEquals(
                    expected.pairs().column(column).asList(),
                    got.pairs().column(column).asList(),
                    column);
        int compared = 0;
        for (String column : expected.table().columnNames()) {
            if (column.matches("seconds|peak MiB|device")) continue;
            assertEquals(
                    expected.table().column(column).asList(),
                    got.table().column(column).asList(),
                    column);
            compared++;
        }
        assertTrue(compared >= 3, expected.table().columnNames().toString());
        assertEquals(15, got.comparison().runs().size());
        assertEquals("CPU, 1 thread", expected.table().stringColumn("device").get(0));
        assertEquals("libtorch, CPU, 1 thread", got.table().stringColumn("device").get(4));
        assertTrue(got.pairs().name().contains(", on libtorch, CPU, 1 thread;"));
    }

    @Test
    void rowsThatStayBesideTheWeightsChangeNothing() {
        Libtorch.engine();
        Result expected = run("far.db", TorchEngine::cpu, 1);
        Result near = run("near.db", n -> TorchEngine.cpu(n, Precision.FLOAT, 1 << 24), 1);
        for (int i = 0; i < 15; i++) {
            assertEquals(marks(expected, i), marks(near, i));
            assertEquals(
                    expected.comparison().runs().get(i).curve(),
                    near.comparison().runs().get(i).curve());
        }
    }

    private static List<Mark> marks(Result result, int run) {
        return result.comparison().runs().get(run).marks();
    }

    @Test
    void oneArithmeticsRunsAreNotTakenForAnothers() {
        Libtorch.engine();
        Result first = run("one.db", Nd4jEngine::new, 2);
        Result other = run("one.db", TorchEngine::cpu, 2);
        Result mixed = run("one.db", n -> TorchEngine.cpu(n, Precision.BFLOAT16, 0), 2);
        Result again = run("one.db", Nd4jEngine::new, 2);
        assertEquals("libtorch, CPU, 1 thread", other.table().stringColumn("device").get(0));
        assertEquals(
                "libtorch, CPU, 1 thread, bfloat16", mixed.table().stringColumn("device").get(0));
        for (int i = 0; i < 15; i++)
            assertEquals(first.comparison().runs().get(i), again.comparison().runs().get(i));
    }

    @Test
    void whereNoCardIsUsableTheCpuComputes() {
        assumeTrue(TorchEngine.gpu(Precision.FLOAT).isEmpty(), "there is a card");
        for (Gpu card : List.of(Tunebook.gpu(), Tunebook.gpu().bfloat16())) {
            Engine engine = card.apply(2);
            assertEquals(new Nd4jEngine(2).device(), engine.device());
            assertEquals(Precision.FLOAT, engine.training());
        }
    }
}
