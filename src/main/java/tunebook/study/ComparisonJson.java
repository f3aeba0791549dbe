package tunebook.study;

import java.util.Locale;
import java.util.stream.Collectors;
import tunebook.stats.Interval;

/** A comparison as JSON, for programs. */
final class ComparisonJson {
    private ComparisonJson() {}

    static String of(Comparison comparison, double seconds, double peakMemoryMiB) {
        return "{\"seconds\": "
                + number(seconds)
                + ", \"peakMemoryMiB\": "
                + number(peakMemoryMiB)
                + ", \"metric\": "
                + text(comparison.metric().words())
                + ", \"recipes\": "
                + comparison.summaries().stream()
                        .map(ComparisonJson::recipe)
                        .collect(Collectors.joining(", ", "[", "]"))
                + ", \"pairs\": "
                + comparison.pairs().stream()
                        .map(ComparisonJson::pair)
                        .collect(Collectors.joining(", ", "[", "]"))
                + "}";
    }

    private static String recipe(Summary s) {
        return "{\"name\": "
                + text(s.recipe())
                + ", \"seeds\": "
                + s.seeds()
                + ", \"metrics\": "
                + s.metrics().entrySet().stream()
                        .map(m -> text(m.getKey().words()) + ": " + interval(m.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"))
                + ", \"trainable\": "
                + s.trainable()
                + ", \"seconds\": "
                + number(s.seconds())
                + ", \"device\": "
                + text(s.device())
                + "}";
    }

    private static String pair(Pair p) {
        return "{\"a\": "
                + text(p.a())
                + ", \"b\": "
                + text(p.b())
                + ", \"difference\": "
                + interval(p.difference())
                + ", \"p\": "
                + number(p.adjustedP())
                + ", \"rawP\": "
                + number(p.p())
                + ", \"effect\": "
                + number(p.paired().effect())
                + ", \"verdict\": "
                + text(p.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                + "}";
    }

    private static String interval(Interval i) {
        return "{\"mean\": "
                + number(i.mean())
                + ", \"low\": "
                + number(i.low())
                + ", \"high\": "
                + number(i.high())
                + "}";
    }

    /** JSON has no NaN and no infinity. */
    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "null";
    }

    private static String text(String value) {
        return value.chars()
                .mapToObj(
                        c ->
                                switch (c) {
                                    case '"' -> "\\\"";
                                    case '\\' -> "\\\\";
                                    default ->
                                            c < ' ' || c == '<' || c >= 0x7f
                                                    ? String.format(Locale.ROOT, "\\u%04x", c)
                                                    : Character.toString(c);
                                })
                .collect(Collectors.joining("", "\"", "\""));
    }
}
