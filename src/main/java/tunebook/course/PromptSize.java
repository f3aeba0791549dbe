package tunebook.course;

import java.util.Optional;
import java.util.function.IntUnaryOperator;
import tunebook.model.Backbone;
import tunebook.recipe.Plan;
import tunebook.recipe.PromptTuning;
import tunebook.study.Result;

/** Lesson 8: how many numbers a prompt of p rows learns. */
final class PromptSize implements Lesson {
    private static final String HEAD = "feature extraction";
    private static final int ROWS = 50;
    private static final String LONGEST = "prompt tuning p" + ROWS;

    @Override
    public Optional<String> hint(Answer answer) {
        Backbone backbone = answer.result(0, HEAD, LONGEST).study().backbone();
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

    @Override
    public String seen(Answer answer) {
        Result result = answer.get(0, Result.class);
        long all = result.study().backbone().weights().elements();
        int learned = answer.get(1, IntUnaryOperator.class).applyAsInt(ROWS);
        double prompt = Shown.summary(result, LONGEST).seconds();
        double head = Shown.summary(result, HEAD).seconds();
        return Shown.text(
                "A prompt of %d rows learns %s numbers, %.2f%% of the backbone's %s. A run of it took"
                        + " %.1f s, of the head alone %.1f s%s. %s",
                ROWS,
                Shown.count(learned),
                100.0 * learned / all,
                Shown.count(all),
                prompt,
                head,
                prompt > head ? ": few numbers are not little work" : "",
                Shown.meaning(
                        result.comparison().pair(LONGEST, HEAD),
                        "It is shown to do better than the head alone.",
                        "It is shown to do worse than the head alone.",
                        "These runs do not show that it does better than the head alone."));
    }
}
