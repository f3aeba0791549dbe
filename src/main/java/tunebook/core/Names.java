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
