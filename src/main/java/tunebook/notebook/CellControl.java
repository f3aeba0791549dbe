package tunebook.notebook;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Runs what JShell compiled, in this JVM, and keeps the real objects. */
final class CellControl extends DirectExecutionControl implements ExecutionControlProvider {
    /** {@code REPL.$JShell$12B}: the third class JShell made for snippet 12. */
    private static final Pattern WRAPPER = Pattern.compile("(.*\\$JShell\\$\\d+)[A-Z]*");

    private final Lane lane;
    private final Map<String, Class<?>> latest = new HashMap<>();
    private final Map<String, Field> carried = new LinkedHashMap<>();
    private final List<String> lost = new ArrayList<>();
    private Object value;
    private Throwable thrown;

    CellControl(Lane lane) {
        this.lane = lane;
    }

    /** A snippet begins: nothing of the last one is left. */
    void begin() {
        value = null;
        thrown = null;
        carried.clear();
        lost.clear();
    }

    /** What the last snippet gave. */
    Object value() {
        return value;
    }

    /** What the last snippet threw, or null. */
    Throwable thrown() {
        return thrown;
    }

    /** Variables whose values went with the old definition of their type. */
    List<String> lost() {
        return lost;
    }

    @Override
    protected String invoke(Method doIt) throws Exception {
        ClassLoader loader = doIt.getDeclaringClass().getClassLoader();
        try {
            value =
                    lane.call(
                            () -> {
                                Thread.currentThread().setContextClassLoader(loader);
                                return doIt.invoke(null);
                            });
            return "";
        } catch (ExecutionException e) {
            thrown = e.getCause() instanceof Exception wrapped ? cause(wrapped) : e.getCause();
            if (e.getCause() instanceof Exception wrapped) {
                throw wrapped; // JShell unpacks it, and translates the frames
            }
            throw new StoppedException();
        } catch (InterruptedException e) {
            thrown = e;
            throw new StoppedException();
        }
    }

    private static Throwable cause(Exception wrapped) {
        return wrapped.getCause() == null ? wrapped : wrapped.getCause();
    }

    /** JShell would call {@code toString} of every variable here; the notebook shows none. */
    @Override
    public String varValue(String className, String varName) {
        return "";
    }

    /**
     * When an import or a declaration touches an earlier snippet, JShell compiles its class again
     * but does not run it again: its variables would be null.
     */
    @Override
    public void load(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException, EngineTerminationException {
        super.load(classes);
        for (ClassBytecodes bytes : classes) {
            Matcher wrapper = WRAPPER.matcher(bytes.name());
            if (wrapper.matches()) {
                try {
                    Class<?> now = findClass(bytes.name());
                    Class<?> before = latest.put(wrapper.group(1), now);
                    if (before != null && before != now) {
                        carry(before, now);
                    }
                } catch (ReflectiveOperationException e) {
                    throw new EngineTerminationException("cannot carry variables over: " + e);
                }
            }
        }
    }

    private void carry(Class<?> before, Class<?> now) throws ReflectiveOperationException {
        for (Field to : now.getDeclaredFields()) {
            int modifiers = to.getModifiers();
            if (!Modifier.isStatic(modifiers) || Modifier.isFinal(modifiers) || to.isSynthetic()) {
                continue;
            }
            Field from;
            try {
                from = before.getDeclaredField(to.getName());
            } catch (NoSuchFieldException e) {
                continue;
            }
            from.setAccessible(true);
            to.setAccessible(true);
            Object old = from.get(null);
            if (to.getType() == from.getType()
                    || (!to.getType().isPrimitive() && to.getType().isInstance(old))) {
                to.set(null, old);
                carried.put(to.getName(), to);
            } else if (old != null) {
                lost.add(to.getName());
            }
        }
    }

    /** {@code int x;} once more: the variable starts over, as Java's would. */
    void clear(String variable) {
        Field field = carried.get(variable);
        if (field == null) {
            return;
        }
        try {
            field.set(null, Array.get(blank(field.getType()), 0));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // made accessible when it was carried
        }
    }

    private static Object blank(Class<?> type) {
        return Array.newInstance(type, 1);
    }

    @Override
    public void stop() {
        lane.interrupt();
    }

    @Override
    public String name() {
        return "tunebook";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
        return this;
    }
}
