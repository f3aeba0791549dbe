package tunebook.course;

/**
 * What a check found.
 *
 * @param lesson its number
 * @param passed whether the answer is right
 * @param words that a person reads: that it is right, or where to look
 */
public record Checked(int lesson, boolean passed, String words) {
    @Override
    public String toString() {
        return "Lesson " + lesson + ": " + (passed ? "passed. " : "not yet. ") + words;
    }
}
