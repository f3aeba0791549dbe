package tunebook.nd4j;

import java.util.ArrayList;
import java.util.List;

/**
 * Workspaces that sessions take in turn: a fresh one costs the system a cleared page for every four
 * kilobytes, which for a short run is a tenth of its time.
 */
final class Arenas implements AutoCloseable {
    private final List<Arena> idle = new ArrayList<>();

    /** One of the calling thread's. */
    synchronized Arena take() {
        for (int i = idle.size() - 1; i >= 0; i--) {
            if (!idle.get(i).isMine()) continue;
            Arena arena = idle.remove(i);
            arena.most();
            return arena;
        }
        return new Arena();
    }

    synchronized void giveBack(Arena arena) {
        idle.add(arena);
    }

    @Override
    public synchronized void close() {
        idle.forEach(Arena::close);
        idle.clear();
    }
}
