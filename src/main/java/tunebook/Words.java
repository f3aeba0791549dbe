package tunebook;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A line on each word that a notebook sees. */
public final class Words {
    private static final Map<Class<?>, String> GROUPS = groups();
    private static final Properties LINES = read();

    private Words() {}

    /** What a word does; empty if it is none. */
    static String line(String word) {
        return LINES.getProperty(word, "");
    }

    /**
     * What a word does, by class and name as a signature has them: {@code RecipeWords.lora}; empty
     * if it is none.
     */
    public static String called(String classAndName) {
        String[] parts = classAndName.split("\\.", -1);
        boolean ours =
                parts.length == 2
                        && GROUPS.keySet().stream()
                                .anyMatch(group -> group.getSimpleName().equals(parts[0]));
        return ours ? line(parts[1]) : "";
    }

    /** A table for each group: its words with their parameters, and their lines. */
    static List<Table> tables() {
        return GROUPS.entrySet().stream().map(e -> table(e.getValue(), e.getKey())).toList();
    }

    private static Table table(String title, Class<?> group) {
        Map<String, Method> words = new TreeMap<>();
        for (Method method : group.getDeclaredMethods()) {
            int both = Modifier.PUBLIC | Modifier.STATIC;
            if ((method.getModifiers() & both) != both) continue;
            words.merge(method.getName(), method, Words::shorter);
        }
        return Table.create(
                title,
                StringColumn.create("word", words.values().stream().map(Words::call)),
                StringColumn.create("what it does", words.keySet().stream().map(Words::line)));
    }

    private static Method shorter(Method a, Method b) {
        Comparator<Method> length = Comparator.comparingInt(Method::getParameterCount);
        return length.thenComparing(Words::call).compare(a, b) <= 0 ? a : b;
    }

    private static String call(Method word) {
        return Arrays.stream(word.getParameters())
                .map(Parameter::getName)
                .collect(Collectors.joining(", ", word.getName() + "(", ")"));
    }

    private static Map<Class<?>, String> groups() {
        Map<Class<?>, String> groups = new LinkedHashMap<>();
        groups.put(Tunebook.class, "Study");
        groups.put(ModelWords.class, "Models");
        groups.put(DataWords.class, "Data");
        groups.put(RecipeWords.class, "Recipes");
        groups.put(ChartWords.class, "Charts");
        groups.put(TrackerWords.class, "Trackers");
        groups.put(ViewWords.class, "Views");
        return groups;
    }

    private static Properties read() {
        Properties lines = new Properties();
        try (var in =
                new InputStreamReader(
                        Words.class.getResourceAsStream("words.properties"),
                        StandardCharsets.UTF_8)) {
            lines.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
