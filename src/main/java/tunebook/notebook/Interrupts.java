package tunebook.notebook;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Who wants to know when a person presses the stop button. */
final class Interrupts {
    private final List<Runnable> hooks = new CopyOnWriteArrayList<>();

    Host.Registration register(Runnable stop) {
        hooks.add(stop);
        return () -> hooks.remove(stop);
    }

    /** Calls every hook; whether there was one. */
    boolean ask() {
        boolean asked = false;
        for (Runnable hook : hooks) {
            asked = true;
            try {
                hook.run();
            } catch (RuntimeException e) { // one bad hook must not keep the others running
                LoggerFactory.getLogger(Interrupts.class).warn("a stop hook failed", e);
            }
        }
        return asked;
    }
}
