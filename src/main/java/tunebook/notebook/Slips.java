package tunebook.notebook;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import tunebook.core.Names;

/** What a name that the compiler does not know, or a value of another type, was meant to be. */
final class Slips {
    private static final Pattern SYMBOL =
            Pattern.compile("symbol:\\s+(?:method|variable)\\s+(\\w+)");
    private static final Pattern PLACE =
            Pattern.compile("location:.*?(?:class|interface|of type)\\s+([\\w.]+)");

    private static final Pattern CONVERSION =
            Pattern.compile("(tunebook\\.[\\w.]+)\\S* cannot be converted to (tunebook\\.[\\w.]+)");

    private Slips() {}

    /**
     * How to mend a "cannot find symbol", where a name near to it is known, or a "cannot be
     * converted", where one of Tunebook's own has a method that makes the other.
     */
    static Optional<String> mend(JShell shell, String message) {
        return nearest(shell, message).or(() -> made(message));
    }

    private static Optional<String> made(String message) {
        return CONVERSION.matcher(message).results().flatMap(Slips::makers).findFirst();
    }

    private static Stream<String> makers(MatchResult types) {
        String makers =
                methods(types.group(1))
                        .filter(m -> m.getReturnType().getName().equals(types.group(2)))
                        .map(m -> m.getName() + (m.getParameterCount() == 0 ? "()" : "(…)"))
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(" or ."));
        return makers.isEmpty() ? Stream.empty() : Stream.of("Mend: call ." + makers + " on it");
    }

    private static Optional<String> nearest(JShell shell, String message) {
        Matcher symbol = SYMBOL.matcher(message);
        if (!symbol.find()) return Optional.empty();
        String name = symbol.group(1);
        return Names.nearest(name, known(shell, message))
                .filter(known -> !known.equals(name) && Names.isNear(name, known))
                .map(known -> "Mend: nearest is \"" + known + "\"");
    }

    /** Methods of the value that was asked; of none what cells declared and imported. */
    private static List<String> known(JShell shell, String message) {
        Matcher place = PLACE.matcher(message);
        List<String> known = new ArrayList<>();
        if (place.find() && !place.group(1).startsWith("REPL")) {
            methods(place.group(1)).map(Method::getName).forEach(known::add);
        } else {
            shell.variables().forEach(v -> known.add(v.name()));
            shell.methods().forEach(m -> known.add(m.name()));
            shell.imports()
                    .filter(i -> i.isStatic() && i.fullname().endsWith(".*"))
                    .flatMap(i -> methods(i.fullname().replace(".*", "")))
                    .filter(m -> Modifier.isStatic(m.getModifiers()))
                    .forEach(m -> known.add(m.getName()));
        }
        return known;
    }

    private static Stream<Method> methods(String type) {
        try {
            return Arrays.stream(Class.forName(type).getMethods());
        } catch (ClassNotFoundException e) { // a cell's own
            return Stream.empty();
        }
    }
}
