package tunebook.nd4j;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Kernels that sessions take in turn: their threads and their memory are there already. */
final class KernelPool implements AutoCloseable {
    private final Supplier<Kernels> make;
    private final Deque<Kernels> idle = new ArrayDeque<>();
    private boolean closed;

    /**
     * @param make makes kernels where none are idle
     */
    KernelPool(Supplier<Kernels> make) {
        this.make = make;
    }

    synchronized Kernels take() {
        Kernels known = idle.poll();
        return known == null ? make.get() : known;
    }

    synchronized void giveBack(Kernels kernels) {
        if (closed) kernels.close();
        else idle.push(kernels);
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(Kernels::close);
        idle.clear();
    }
}
