package tunebook.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Recipe names as a chart can show them: one line, not too long, no two the same. */
final class Labels {
    private static final int LONGEST = 32;

    private Labels() {}

    static List<String> of(List<String> names) {
        List<String> labels = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (String name : names) {
            String label = shortened(Escape.line(name));
            String free = label;
            for (int i = 2; !taken.add(free); i++) free = label + " (" + i + ")";
            labels.add(free);
        }
        return labels;
    }

    /** Long names differ at their ends more often than in their middles. */
    private static String shortened(String name) {
        if (name.isBlank()) return "(no name)";
        int[] points = name.codePoints().toArray();
        if (points.length <= LONGEST) return name;
        int half = LONGEST / 2;
        return new String(points, 0, half) + "…" + new String(points, points.length - half, half);
    }
}
