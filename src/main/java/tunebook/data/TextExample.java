package tunebook.data;

/**
 * One labelled text.
 *
 * @param id its name in the data, unique
 * @param text never blank
 * @param label place in the data's labels
 */
public record TextExample(String id, String text, int label) {}
