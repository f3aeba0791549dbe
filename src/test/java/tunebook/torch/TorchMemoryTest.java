package tunebook.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Input;
import tunebook.core.Ops;
import tunebook.core.OutOfMemory;
import tunebook.core.Precision;
import tunebook.core.Program;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;

/** What libtorch has no memory for. */
class TorchMemoryTest {
    /** Every row times every row: of a few million rows more than any machine has. */
    private static final Program SQUARE =
            new Program() {
                @Override
                public <T> T run(Ops<T> ops) {
                    T x = ops.input(Input.HIDDEN, 1);
                    int rows = 4_000_000;
                    return ops.rows(ops.product(x, ops.regroup(x, rows)), tunebook.core.Rows.FIRST);
                }
            };

    private static final Program TWICE =
            new Program() {
                @Override
                public <T> T run(Ops<T> ops) {
                    return ops.scale(ops.input(Input.HIDDEN, 1), 2);
                }
            };

    private static Batch rows(int rows) {
        return Batch.text(new Sequences(rows), new int[rows], new int[rows])
                .hidden(Tensor.of(new float[rows], rows, 1));
    }

    @Test
    void aBatchWithoutRoomIsRefusedByNameAndTheSessionGoesOn() {
        Engine engine = Libtorch.engine();
        try (Engine.Held held = engine.hold(Weights.none(), Precision.FLOAT);
                Session session = engine.open(held, Weights.none(), 1)) {
            OutOfMemory none =
                    assertThrows(
                            OutOfMemory.class, () -> session.evaluate(SQUARE, rows(4_000_000)));
            assertEquals("libtorch, CPU, 2 threads", none.where());
            assertTrue(none.what().contains("4000000 rows"), none.what());
            assertEquals(3, session.evaluate(TWICE, rows(3)).shape().size(0));
        }
    }
}
