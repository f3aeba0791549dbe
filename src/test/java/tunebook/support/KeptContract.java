package tunebook.support;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Input;
import tunebook.core.Ops;
import tunebook.core.Precision;
import tunebook.core.Program;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.Weights;

/** Rows that a session keeps, on an engine. */
public abstract class KeptContract {
    private static final int WIDTH = 3;
    private final Engine engine;

    /**
     * @param engine to be tested
     */
    protected KeptContract(Engine engine) {
        this.engine = engine;
    }

    /** Twice the rows that were kept under one name, and under another their negatives. */
    private static final class Doubled implements Program {
        @Override
        public <T> T run(Ops<T> ops) {
            T x = ops.input(Input.HIDDEN, WIDTH);
            T some = ops.scale(ops.kept("some", x), 3);
            return ops.add(some, ops.kept("others", ops.scale(x, -1)));
        }
    }

    private static Batch rows(int first, int count) {
        double[] values = new double[count * WIDTH];
        for (int i = 0; i < values.length; i++) values[i] = first * WIDTH + i + 0.5;
        return Batch.text(new Sequences(count), new int[count], new int[count])
                .hidden(Tensor.of(values, count, WIDTH));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BFLOAT16")
    void rowsFollowThoseOfEarlierEvaluationsUntilTheSessionForgets(Precision precision) {
        try (Engine.Held held = engine.hold(Weights.none(), precision);
                Session session = engine.open(held, Weights.none(), 1);
                Session other = engine.open(held, Weights.none(), 1)) {
            List<Double> expected = new ArrayList<>();
            int first = 0;
            // the room for them grows twice
            for (int count : new int[] {5, 1, 1, 70, 2, 80}) {
                for (int i = 0; i < count * WIDTH; i++) expected.add(2 * (first * WIDTH + i + 0.5));
                Tensor all = session.evaluate(new Doubled(), rows(first, count));
                first += count;
                assertEquals(Shape.of(first, WIDTH), all.shape());
                assertArrayEquals(
                        expected.stream().mapToDouble(d -> d).toArray(), all.doubles(), 1e-4);
            }
            assertTrue(session.peakBytes() > 2L * first * WIDTH * 4, "what is kept counts");
            Tensor alone = other.evaluate(new Doubled(), rows(0, 2));
            session.forget();
            Tensor again = session.evaluate(new Doubled(), rows(0, 2));
            assertEquals(Shape.of(2, WIDTH), again.shape());
            assertArrayEquals(alone.doubles(), again.doubles());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BFLOAT16")
    void nothingIsKeptInTraining(Precision precision) {
        try (Engine.Held held = engine.hold(Weights.none(), precision);
                Session session = engine.open(held, Weights.none(), 1)) {
            assertThrows(
                    IllegalStateException.class,
                    () -> session.accumulate(new Doubled(), rows(0, 2), 1));
        }
    }
}
