package tunebook.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of weights, columns and recipes: globs over them, and the nearest one to a misspelt one.
 */
public final class Names {
    /** More names nobody reads in an error. */
    private static final int LISTED = 12;

    private Names() {}

    /**
     * A glob over dotted names: {@code *} stands for any characters, {@code ?} for one; the whole
     * name must match.
     */
    public static Pattern glob(String glob) {
        return Pattern.compile(
                glob.chars()
                        .mapToObj(
                                c ->
                                        switch (c) {
                                            case '*' -> ".*";
                                            case '?' -> ".";
                                            case '|' -> "|";
                                            default -> Pattern.quote(Character.toString(c));
                                        })
                        .collect(Collectors.joining()));
    }

    /** The candidate with the fewest edits from {@code name}, if there is any candidate. */
    public static Optional<String> nearest(String name, Collection<String> candidates) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .min(
                        Comparator.<String>comparingInt(
                                        c -> edits(wanted, c.toLowerCase(Locale.ROOT)))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * How to mend a name that is none of the candidates: the nearest, where it is near enough to be
     * a slip of the pen, else what there is.
     *
     * @param candidates at least one
     */
    public static String mend(String name, Collection<String> candidates) {
        String nearest = nearest(name, candidates).orElseThrow();
        if (isNear(name, nearest)) return "nearest is \"" + nearest + "\"";
        String some =
                candidates.stream()
                        .limit(LISTED)
                        .map(c -> "\"" + c + "\"")
                        .collect(Collectors.joining(", "));
        int more = candidates.size() - LISTED;
        String which = candidates.size() == 1 ? "take " : "take one of ";
        return which + some + (more > 0 ? " and " + more + " more" : "");
    }

    /** Whether one may be a slip of the other's pen: a third of the letters, or two, differ. */
    public static boolean isNear(String a, String b) {
        int edits = edits(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
        return edits <= Math.max(2, Math.max(a.length(), b.length()) / 3);
    }

    /** Levenshtein distance: insertions, deletions and substitutions. */
    static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
