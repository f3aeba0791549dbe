package tunebook.support;

/** How often a promise is put to the test: a few times as usual, in full by a property. */
public final class Torture {
    private static final boolean FULL = Boolean.getBoolean("tunebook.torture");

    private Torture() {}

    /** The one number or the other. */
    public static int times(int usual, int full) {
        return FULL ? full : usual;
    }
}
