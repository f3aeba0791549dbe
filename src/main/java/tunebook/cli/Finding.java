package tunebook.cli;

import java.util.Locale;

/**
 * One line of the doctor's.
 *
 * @param mend what to do; empty if there is nothing to do
 */
record Finding(State state, String name, String value, String mend) {
    enum State {
        OK,
        /** The main job works without it. */
        NOTE,
        MISSING
    }

    static Finding ok(String name, String value) {
        return new Finding(State.OK, name, value, "");
    }

    static Finding note(String name, String value, String mend) {
        return new Finding(State.NOTE, name, value, mend);
    }

    static Finding missing(String name, String value, String mend) {
        return new Finding(State.MISSING, name, value, mend);
    }

    String line() {
        String line =
                String.format("%-8s%-9s%s", state.name().toLowerCase(Locale.ROOT), name, value);
        return mend.isEmpty() ? line : line + ". Mend: " + mend;
    }
}
