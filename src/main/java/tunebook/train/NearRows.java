package tunebook.train;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tunebook.core.Engine;
import tunebook.core.Near;

/** Kept rows that are brought near an engine, all of one part and cut at once. Thread-safe. */
final class NearRows implements AutoCloseable {
    private final Engine.Held held;
    private final Map<KeptRows, Optional<Near>> near = new ConcurrentHashMap<>();

    NearRows(Engine.Held held) {
        this.held = held;
    }

    /** Rows of examples; empty where they are not all kept, or the engine has no room for them. */
    Optional<Near.Choice> choice(KeptRows rows, int width, int... which) {
        return near.computeIfAbsent(rows, r -> bring(r, width))
                .map(all -> new Near.Choice(all, rows.numbers(width, which)));
    }

    private Optional<Near> bring(KeptRows rows, int width) {
        Optional<Near> room = rows.all() ? held.near(rows.count(width), width) : Optional.empty();
        room.ifPresent(all -> rows.put(all, width));
        return room;
    }

    @Override
    public void close() {
        near.values().forEach(n -> n.ifPresent(Near::close));
        near.clear();
    }
}
