package tunebook.data;

/**
 * One labelled text.
 *
 * @param id its name in the data, unique
 * @param text never blank
 * @param label place in the data's labels
 * @param answer the label itself
 */
public record TextExample(String id, String text, int label, String answer) implements Example {
    @Override
    public String content() {
        return text;
    }
}
