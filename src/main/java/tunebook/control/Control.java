package tunebook.control;

import tunebook.data.Dataset;

/**
 * Something that answers without a backbone, and that fine-tuning has to beat to be worth its cost.
 * It learns from the training examples, chooses by the validation examples, and sees of the test
 * examples the content alone.
 */
public interface Control {
    /** What it is called in tables. */
    String name();

    /**
     * Refuses what it cannot answer.
     *
     * @throws tunebook.core.TunebookException if the data is of another kind
     */
    void check(Dataset<?> data);

    /**
     * Learns and answers data that it has checked. The same data gives the same answers: no control
     * draws random numbers.
     */
    Answers answer(Dataset<?> data);

    /**
     * What a control says.
     *
     * @param logits of each test example, class by class
     * @param parameters how many numbers it learned
     */
    record Answers(double[][] logits, long parameters) {}
}
