package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Init;
import tunebook.core.Ops;
import tunebook.core.Precision;
import tunebook.core.Program;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.Weight;
import tunebook.core.Weights;

/** What is held is computed on where it stands, if it may be. */
class HeldTest {
    private static final Weight TABLE = new Weight("table", Shape.of(300, 70), Init.NORMAL);

    private static final Program TWICE =
            new Program() {
                @Override
                public <T> T run(Ops<T> ops) {
                    return ops.scale(ops.weight(TABLE), 2);
                }
            };

    private static Weights drawn() {
        return Weights.of(Map.of("table", TABLE.draw(4, Weights.none())));
    }

    @Test
    void memoryOutsideTheHeapIsNotCopied() {
        Tensor outside = drawn().get("table").outside();
        assertTrue(outside.isOutside());
        assertSame(outside, outside.outside());
        assertArrayEquals(drawn().get("table").floats(), outside.floats());
        Backend.prepare();
        INDArray view = Memory.view(outside, DataType.FLOAT);
        INDArray again = Memory.view(outside, DataType.FLOAT);
        assertEquals(view.data().address(), again.data().address(), "one memory");
        assertArrayEquals(outside.floats(), Memory.download(view).floats());
        view.close();
        assertArrayEquals(
                outside.floats(), Memory.download(again).floats(), "closing frees nothing");
        assertArrayEquals(
                outside.doubles(), Memory.view(outside, DataType.DOUBLE).data().asDouble());
    }

    @Test
    void whatIsNoFloatOrOnTheHeapIsCopied() {
        Tensor doubles = Tensor.of(new double[] {1, 2}, 2);
        assertFalse(doubles.outside().isOutside());
        Tensor heap = Tensor.of(new float[] {1, 2}, 2);
        assertFalse(heap.isOutside());
        INDArray a = Memory.view(heap, DataType.FLOAT);
        INDArray b = Memory.view(heap, DataType.FLOAT);
        assertTrue(a.data().address() != b.data().address());
    }

    @Test
    void whatIsHeldStaysThoughNobodyElseKnowsIt() {
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(drawn().outside(), Precision.FLOAT);
                Session session = engine.open(held, Weights.none(), 1)) {
            for (int i = 0; i < 20; i++) {
                System.gc();
                drawn().outside();
            }
            float[] expected = drawn().get("table").floats();
            for (int i = 0; i < expected.length; i++) expected[i] *= 2;
            Batch batch = Batch.text(new Sequences(1), new int[1], new int[1]);
            assertArrayEquals(expected, session.evaluate(TWICE, batch).floats());
        }
    }
}
