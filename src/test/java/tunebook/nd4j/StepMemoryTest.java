package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Ops;
import tunebook.core.Precision;
import tunebook.core.Program;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.model.Programs;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;

/** What a step takes of memory. */
class StepMemoryTest {
    private static final Bert BERT = new Bert(6, 96, 3, 384, 50, 64, 2, 1e-12, 0, Bert.Pooling.CLS);
    private static final Backbone BACKBONE = Backbone.untrained("six blocks", BERT, 1);

    private static Batch batch(int texts) {
        Random random = new Random(texts);
        int[] lengths = new int[texts];
        Arrays.fill(lengths, 48);
        return Batch.text(
                        new Sequences(lengths),
                        random.ints(48L * texts, 0, 50).toArray(),
                        new int[48 * texts])
                .labels(random.ints(texts, 0, 2).toArray(), null);
    }

    private interface Work {
        void on(Session session, Programs programs, Tuning tuning);
    }

    private static long peak(Recipe recipe, Work work) {
        return peak(recipe, BACKBONE, BERT, 1, work);
    }

    private static long peak(Recipe recipe, Backbone backbone, Bert bert, int threads, Work work) {
        Tuning tuning = Tuning.of(recipe, backbone, bert.classifier(2), 1);
        Engine engine = new Nd4jEngine(threads);
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Session session = engine.open(held, tuning.constants(), tuning.learning(), 1)) {
            work.on(session, tuning.programs(0), tuning);
            return session.peakBytes();
        }
    }

    private static long stepped(Recipe recipe, int steps) {
        return peak(
                recipe,
                (session, programs, tuning) -> {
                    for (int i = 0; i < steps; i++) {
                        session.accumulate(programs.loss(), tuning.plan().batch(batch(8)), 1);
                        session.step(Adam.DEFAULT, name -> 1e-3, 1);
                    }
                });
    }

    /** Of a pass without a way back one block's values are there at a time. */
    @Test
    void anEvaluationTakesFarLessThanAStep() {
        Recipe recipe = new Lora(4);
        long evaluation =
                peak(
                        recipe,
                        (session, programs, tuning) ->
                                session.evaluate(programs.loss(), tuning.plan().batch(batch(8))));
        long step = stepped(recipe, 1);
        assertTrue(evaluation < 0.35 * step, evaluation + " against " + step);
    }

    @Test
    void equalStepsTakeEqualMemory() {
        for (Recipe recipe : new Recipe[] {new Full(), new Lora(4)})
            assertEquals(stepped(recipe, 2), stepped(recipe, 6), recipe.name());
    }

    /** The shape of which the benchmark measures whole processes: 6 blocks of width 384. */
    @Test
    void loraTakesLittleMoreThanHalfOfWhatFullTakes() {
        Bert bert = new Bert(6, 384, 12, 1536, 50, 64, 2, 1e-12, 0, Bert.Pooling.CLS);
        Backbone backbone = Backbone.untrained("encoder", bert, 1);
        Work step =
                (session, programs, tuning) -> {
                    session.accumulate(programs.loss(), tuning.plan().batch(batch(16)), 1);
                    session.step(Adam.DEFAULT, name -> 1e-3, 1);
                };
        long full = peak(new Full(), backbone, bert, 2, step);
        Recipe everywhere = new Lora(8).on("*.query|*.key|*.value|*.dense");
        long lora = peak(everywhere, backbone, bert, 2, step);
        System.out.printf("peak of a step: full %d, LoRA %d bytes%n", full, lora);
        assertTrue(lora <= 0.55 * full, lora + " of " + full);
    }

    /** A step that does not fit makes the workspace anew and larger before the next. */
    @Test
    void afterTheFirstEveryStepFitsIntoItsWorkspace() {
        List<MemoryWorkspace> used = new ArrayList<>();
        Work steps =
                (session, programs, tuning) -> {
                    for (int texts : new int[] {16, 16, 5, 16, 1, 16}) {
                        Watched watched = new Watched(programs.loss());
                        session.accumulate(watched, tuning.plan().batch(batch(texts)), 1);
                        session.step(Adam.DEFAULT, name -> 1e-3, 1);
                        used.add(watched.workspace);
                    }
                };
        peak(new Full(), BACKBONE, BERT, 2, steps);
        assertNotSame(used.get(0), used.get(1), "the first step fitted: the batch is too small");
        for (MemoryWorkspace later : used.subList(2, 6)) assertSame(used.get(1), later);
    }

    /** Sees which workspace a program runs in. */
    private static final class Watched implements Program {
        private final Program program;
        private MemoryWorkspace workspace;

        private Watched(Program program) {
            this.program = program;
        }

        @Override
        public <T> T run(Ops<T> ops) {
            workspace = Nd4j.getMemoryManager().getCurrentWorkspace();
            return program.run(ops);
        }
    }
}
