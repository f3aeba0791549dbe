package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
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
        Tuning tuning = Tuning.of(recipe, BACKBONE, BERT.classifier(2), 1);
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(BACKBONE.weights(), Precision.FLOAT);
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

    @Test
    void theWayBackTakesLittleMoreThanTheWayThere() {
        Recipe recipe = new Lora(4);
        long there =
                peak(
                        recipe,
                        (session, programs, tuning) ->
                                session.evaluate(programs.loss(), tuning.plan().batch(batch(8))));
        long back = stepped(recipe, 1);
        assertTrue(back > there, back + " against " + there);
        assertTrue(back < 1.3 * there, back + " against " + there);
    }

    @Test
    void equalStepsTakeEqualMemory() {
        for (Recipe recipe : new Recipe[] {new Full(), new Lora(4)})
            assertEquals(stepped(recipe, 2), stepped(recipe, 6), recipe.name());
    }
}
