package tunebook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Signs written in straight strokes. Each stroke is a row of points on a board of seven columns and
 * seven rows, column and row in turn.
 */
enum Glyph {
    A("06 30 66", "14 54"),
    B("00 06 46 65 54 03", "00 40 51 42 03"),
    C("61 50 10 01 05 16 56 65"),
    D("00 06 36 64 62 30 00"),
    E("60 00 06 66", "03 43"),
    F("60 00 06", "03 43"),
    G("61 50 10 01 05 16 56 64 34"),
    H("00 06", "60 66", "03 63"),
    K("00 06", "60 03 66"),
    L("00 06 66"),
    M("06 00 34 60 66"),
    N("06 00 66 60"),
    P("06 00 50 61 62 53 03"),
    R("06 00 50 61 62 53 03 66"),
    S("61 50 10 01 12 54 65 56 16 05"),
    T("00 60", "30 36"),
    V("00 36 60"),
    W("00 16 33 56 60"),
    X("00 66", "60 06"),
    Y("00 33 60", "33 36"),
    Z("00 60 06 66"),
    TWO("01 10 50 61 62 06 66"),
    THREE("00 60 33 64 65 56 16 05"),
    FOUR("46 40 04 64"),
    FIVE("60 10 03 43 64 65 46 06"),
    SEVEN("00 60 26", "23 53"),
    NINE("62 43 13 02 01 10 50 61 65 46 16"),
    HASH("20 16", "50 46", "02 62", "04 64"),
    GATE("06 00 60 66", "03 63", "30 36");

    @SuppressWarnings("ImmutableEnumChecker") // strokes are written once
    private final List<double[]> strokes = new ArrayList<>();

    Glyph(String... strokes) {
        for (String stroke : strokes)
            this.strokes.add(
                    Arrays.stream(stroke.split(" ", -1))
                            .flatMapToInt(String::chars)
                            .mapToDouble(digit -> (digit - '0') / 3.5 - 0.857)
                            .toArray());
    }

    String label() {
        return "sign " + name().toLowerCase(Locale.ROOT);
    }

    /** How far a place in the square from −1 to 1 is from the nearest stroke. */
    double distance(double x, double y) {
        double least = Double.POSITIVE_INFINITY;
        for (double[] s : strokes)
            for (int i = 0; i + 3 < s.length; i += 2)
                least = Math.min(least, distance(x, y, s[i], s[i + 1], s[i + 2], s[i + 3]));
        return least;
    }

    private static double distance(double x, double y, double ax, double ay, double bx, double by) {
        double dx = bx - ax;
        double dy = by - ay;
        double along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
        double t = Math.max(0, Math.min(1, along));
        return Math.hypot(x - ax - t * dx, y - ay - t * dy);
    }
}
