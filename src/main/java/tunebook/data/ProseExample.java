package tunebook.data;

/**
 * A paragraph of running text.
 *
 * @param id its name in the data, unique
 * @param place of the paragraph in its text, from 0: neighbours follow each other
 * @param block of neighbouring paragraphs that are never divided between parts
 * @param text with the line ends that follow it
 */
public record ProseExample(String id, int place, int block, String text) implements Example {
    @Override
    public String content() {
        return text;
    }

    @Override
    public String group() {
        return "block " + block;
    }

    /** Nothing: each token is the answer to those before it. */
    @Override
    public String answer() {
        return "";
    }
}
