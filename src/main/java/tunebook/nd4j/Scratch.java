package tunebook.nd4j;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Memory that is used again and again: fresh memory would not be in the cache.
 *
 * @param pointer outside the heap, as OpenBLAS sees it
 * @param buffer the same, as Java sees it
 * @param block on the heap, as large
 */
record Scratch(FloatPointer pointer, FloatBuffer buffer, float[] block) {
    private static Scratch of(int floats) {
        FloatPointer pointer = new FloatPointer((long) floats);
        FloatBuffer buffer = pointer.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
        return new Scratch(pointer, buffer, new float[floats]);
    }

    /** What threads take in turn. */
    static final class Pool implements AutoCloseable {
        private final Deque<Scratch> idle = new ArrayDeque<>();

        /** Lends memory of at least so many floats, whose numbers are undefined. */
        void with(int floats, Consumer<Scratch> use) {
            Scratch scratch = take();
            if (scratch != null && scratch.block().length < floats) {
                scratch.pointer().deallocate();
                scratch = null;
            }
            if (scratch == null) scratch = of(floats);
            try {
                use.accept(scratch);
            } finally {
                giveBack(scratch);
            }
        }

        private synchronized Scratch take() {
            return idle.poll();
        }

        private synchronized void giveBack(Scratch scratch) {
            idle.push(scratch);
        }

        @Override
        public synchronized void close() {
            idle.forEach(scratch -> scratch.pointer().deallocate());
            idle.clear();
        }
    }
}
