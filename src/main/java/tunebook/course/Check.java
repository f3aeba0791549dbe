package tunebook.course;

import tunebook.core.TunebookException;

/** Looks at the answer to a lesson's exercise: {@code Check.lesson(3, result, mine)}. */
public final class Check {
    private Check() {}

    /**
     * Whether an answer is right, and if not where to look. A right one is told what came out: to
     * say so, those to lessons 1, 2 and 3 are run, if they have not been.
     *
     * @param number of the lesson
     * @param answer the values that the lesson's check cell names
     * @throws TunebookException if there is no such lesson, or a value is of another type
     */
    public static Checked lesson(int number, Object... answer) {
        Answer given = Answer.of(number, answer);
        Lesson lesson = of(number);
        return lesson.hint(given)
                .map(hint -> new Checked(number, false, hint))
                .orElseGet(() -> new Checked(number, true, "That is right. " + lesson.seen(given)));
    }

    private static Lesson of(int number) {
        return switch (number) {
            case 1 -> new HeadStart();
            case 2 -> new BelowTheCut();
            case 3 -> new FrozenParts();
            case 4 -> new LessForgotten();
            case 5 -> new WarmUp();
            case 6 -> new EarlyStopping();
            case 7 -> new MergedByHand();
            case 8 -> new PromptSize();
            case 9 -> new Corrected();
            case 10 -> new TwoAdapters();
            default ->
                    throw new TunebookException(
                            "Check.lesson(" + number + ")",
                            "there is no such lesson",
                            "give a number from 1 to 10");
        };
    }
}
