package tunebook.recipe;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * One thing that is set, in words.
 *
 * @param name what it is called
 * @param value what it is
 */
public record Setting(String name, String value) {
    private static final MathContext DIGITS = new MathContext(6);

    static Setting of(String name, Object value) {
        return new Setting(name, value.toString());
    }

    /** A number without zeros at its end, rounded to six digits. */
    static Setting of(String name, double value) {
        return new Setting(name, plain(value));
    }

    /** A size, or what stands for it where it is 0. */
    static Setting of(String name, int size, String otherwise) {
        return new Setting(name, size == 0 ? otherwise : String.valueOf(size));
    }

    static List<Setting> all(List<List<Setting>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }

    static String plain(double value) {
        if (!Double.isFinite(value)) return String.valueOf(value);
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return name + " " + value;
    }
}
