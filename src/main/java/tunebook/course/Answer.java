package tunebook.course;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import tunebook.core.TunebookException;
import tunebook.recipe.Recipe;
import tunebook.study.Result;
import tunebook.study.Study;

/**
 * What was handed in.
 *
 * @param lesson its number
 * @param values in the order in which the lesson asks for them
 */
record Answer(int lesson, List<Object> values) {
    private static final List<String> PLACES =
            List.of("first", "second", "third", "fourth", "fifth");

    private static final String NAMED_BY_THE_CELL =
            "hand in what the lesson's own check cell names";

    /** Keeps its own copy. */
    Answer {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    static Answer of(int lesson, Object... values) {
        return new Answer(lesson, Arrays.asList(values));
    }

    /**
     * The value at a place, counted from 0.
     *
     * @throws TunebookException if there is none of this type
     */
    <T> T get(int place, Class<T> type) {
        Object value = place < values.size() ? values.get(place) : null;
        if (type.isInstance(value)) return type.cast(value);
        String thing = thing(place);
        if (value == null) throw refused(thing + "is missing", NAMED_BY_THE_CELL);
        if (value instanceof Study && type == Result.class)
            throw refused(thing + "is a Study that has not run", "add .run()");
        if (value instanceof Result && type == Study.class)
            throw refused(thing + "is a Result", "hand in the study, before .run()");
        throw refused(thing + "is " + a(kind(value)) + " and must be " + a(name(type)), mend(type));
    }

    /**
     * A result of the lesson's.
     *
     * @throws TunebookException if there is none, or one of these recipes is not in it
     */
    Result result(int place, String... recipes) {
        Result result = get(place, Result.class);
        List<String> there = result.study().recipes().stream().map(Recipe::name).toList();
        for (String name : recipes)
            if (!there.contains(name))
                throw refused(
                        thing(place) + "has no recipe called \"" + name + "\"", NAMED_BY_THE_CELL);
        return result;
    }

    private static String thing(int place) {
        return "the " + PLACES.get(place) + " thing handed in ";
    }

    private TunebookException refused(String what, String how) {
        return new TunebookException("Check.lesson(" + lesson + ", …)", what, how);
    }

    private static String mend(Class<?> type) {
        return type.isAnnotationPresent(FunctionalInterface.class)
                ? "say so where you write it, as the blank does: " + name(type) + " mine = …"
                : NAMED_BY_THE_CELL;
    }

    /** What a student calls it: of a lambda the interface. */
    private static String kind(Object value) {
        Class<?> type = value.getClass();
        return name(
                type.isHidden() && type.getInterfaces().length > 0
                        ? type.getInterfaces()[0]
                        : type);
    }

    private static String name(Class<?> type) {
        return type.getSimpleName();
    }

    private static String a(String noun) {
        return ("AEIOU".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
    }
}
