package tunebook.course;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import tunebook.core.TunebookException;

/**
 * What was handed in.
 *
 * @param lesson its number
 * @param values in the order in which the lesson asks for them
 */
record Answer(int lesson, List<Object> values) {
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
        if (place < values.size() && type.isInstance(values.get(place)))
            return type.cast(values.get(place));
        throw new TunebookException(
                "Check.lesson(" + lesson + ", …)",
                "value " + (place + 1) + " is no " + type.getSimpleName(),
                "hand in what the lesson's own check cell names");
    }
}
