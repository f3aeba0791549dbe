package tunebook.train;

import java.util.List;
import tunebook.data.QuestionExample;

/**
 * A question on a passage, as a {@link Predictor} takes them.
 *
 * @param question in words
 * @param passage that has the answer, however long
 */
public record PassageQuestion(String question, String passage) {
    QuestionExample example() {
        return new QuestionExample("\"" + question + "\"", question, passage, List.of());
    }
}
