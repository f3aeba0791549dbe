package tunebook.data;

import java.util.List;
import java.util.stream.Collectors;
import tunebook.core.TunebookException;

/**
 * A question and the passage that answers it.
 *
 * @param id its name in the data, unique
 * @param question what is asked
 * @param passage where the answer stands
 * @param answers what counts as right, the preferred one first; none where nobody knows yet
 */
public record QuestionExample(String id, String question, String passage, List<Accepted> answers)
        implements Example {
    /**
     * A right answer.
     *
     * @param text a piece of the passage, word for word
     * @param from its first character in the passage, in UTF-16 units
     * @param end the place after its last one
     */
    public record Accepted(String text, int from, int end) {}

    /**
     * Checks that the answers stand where they say.
     *
     * @throws TunebookException if one does not
     */
    public QuestionExample {
        answers = List.copyOf(answers);
        for (Accepted a : answers) {
            if (a.text().isEmpty()
                    || a.end() != a.from() + a.text().length()
                    || !passage.startsWith(a.text(), a.from())) {
                throw new TunebookException(
                        "question " + id,
                        "its answer \"" + a.text() + "\" is not characters " + place(a),
                        "give the place where the passage has it word for word");
            }
        }
    }

    private static String place(Accepted answer) {
        return answer.from() + "–" + answer.end();
    }

    /** Question and passage. */
    @Override
    public String content() {
        return question + "\n" + passage;
    }

    /** Questions on one passage stay together. */
    @Override
    public String group() {
        return passage.strip();
    }

    /** The accepted answers with their places, a line each. */
    @Override
    public String answer() {
        return answers.stream()
                .map(a -> place(a) + " " + a.text())
                .collect(Collectors.joining("\n"));
    }
}
