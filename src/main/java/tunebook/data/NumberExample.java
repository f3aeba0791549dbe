package tunebook.data;

/**
 * A text and its number.
 *
 * @param id its name in the data, unique
 * @param text never blank
 * @param value finite, in a unit of its own
 */
public record NumberExample(String id, String text, double value) implements Example {
    @Override
    public String content() {
        return text;
    }

    @Override
    public String answer() {
        return Double.toString(value);
    }
}
