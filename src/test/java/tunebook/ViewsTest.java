package tunebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tunebook.notebook.Display;
import tunebook.notebook.Host;
import tunebook.notebook.Renderer;
import tunebook.train.Tagged;

class ViewsTest {
    /** Keeps what is registered. */
    private static final class Keeping implements Host {
        private final Map<Class<?>, Renderer<?>> kept = new HashMap<>();

        @Override
        public void display(Object value) {}

        @Override
        public Display live() {
            return Host.none().live();
        }

        @Override
        public void clearOutput() {}

        @Override
        public void register(Renderer<?> renderer) {
            kept.put(renderer.type(), renderer);
        }

        @Override
        public Registration onInterrupt(Runnable stop) {
            return () -> {};
        }

        @SuppressWarnings("unchecked") // kept under its own type
        <T> String shown(Class<T> type, T value, String form) {
            return ((Renderer<T>) kept.get(type)).forms().get(form).apply(value);
        }
    }

    @Test
    void entitiesAreShownMarkedAndInText() {
        Keeping host = new Keeping();
        Views.register(host);
        Tagged tagged =
                new Tagged(
                        "<i>Kim",
                        List.of(new Tagged.Entity("PER", 3, 6, "Kim", 0.75)),
                        List.of("PER"));
        assertEquals("<i>[Kim](PER 75%)", host.shown(Tagged.class, tagged, "text/plain"));
        String html = host.shown(Tagged.class, tagged, "text/html");
        assertTrue(html.contains(">&lt;i&gt;<mark "), html);
    }
}
