package tunebook.course;

import java.util.Optional;
import java.util.function.IntUnaryOperator;
import tunebook.model.Backbone;
import tunebook.recipe.Plan;
import tunebook.recipe.PromptTuning;

/** Lesson 8: how many numbers a prompt of p rows learns. */
final class PromptSize implements Lesson {
    @Override
    public Optional<String> hint(Answer answer) {
        Backbone backbone = answer.get(0, Backbone.class);
        IntUnaryOperator mine = answer.get(1, IntUnaryOperator.class);
        for (int tokens : new int[] {1, 7, 50}) {
            long right =
                    Plan.trainable(Parts.of(backbone, new PromptTuning(tokens)).plan().added());
            int said = mine.applyAsInt(tokens);
            if (said != right)
                return Optional.of(
                        "For p = %d it says %d, which is too %s. What is one row of the prompt as long as?"
                                .formatted(tokens, said, said < right ? "few" : "many"));
        }
        return Optional.empty();
    }
}
