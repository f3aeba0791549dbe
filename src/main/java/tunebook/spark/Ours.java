package tunebook.spark;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tunebook.core.TunebookException;

/** Records and constants of Tunebook's own packages, taken apart and made anew. */
final class Ours {
    /** Nothing else is made from bytes. */
    private static final Pattern PACKAGES =
            Pattern.compile(
                    "tunebook\\.(core|model|recipe|data|task|train|stats|study|spark)\\.[\\w$]+");

    private Ours() {}

    static String known(Class<?> type) {
        if (!PACKAGES.matcher(type.getName()).matches()) throw strange(type);
        return type.getName();
    }

    static TunebookException strange(Class<?> type) {
        return new TunebookException(
                "study on Spark",
                "it has a " + type.getSimpleName() + ", which other machines do not know",
                "leave .on(spark(…)) out; recipes, backbones, data and sources of Tunebook's own"
                        + " words can go there");
    }

    static Class<?> type(String name) {
        if (!PACKAGES.matcher(name).matches()) throw Plain.broken(name + " is not expected", null);
        try {
            return Class.forName(name, false, Form.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw Plain.broken("there is no " + name, e);
        }
    }

    /** A map came in its order; where a sorted one is asked for, that is the natural one. */
    static Object sorted(Class<?> asked, Object value) {
        return SortedMap.class.isAssignableFrom(asked) ? new TreeMap<>((Map<?, ?>) value) : value;
    }

    static Object part(Method accessor, Object value) {
        accessor.setAccessible(true);
        return call(value.getClass(), () -> accessor.invoke(value));
    }

    static Object made(Class<?> type, RecordComponent[] parts, Object... values) {
        Class<?>[] types =
                Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return call(
                type,
                () -> {
                    Constructor<?> canonical = type.getDeclaredConstructor(types);
                    canonical.setAccessible(true);
                    return canonical.newInstance(values);
                });
    }

    private interface Reflective {
        Object get() throws ReflectiveOperationException;
    }

    private static Object call(Class<?> type, Reflective what) {
        try {
            return what.get();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof TunebookException ours) throw ours;
            throw Plain.broken(type + ", " + e.getCause(), e);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw Plain.broken(type + ", " + e, e);
        }
    }
}
