package tunebook.course;

import java.util.Optional;

/** How one lesson looks at an answer. */
interface Lesson {
    /** Where to look, if the answer is wrong; empty where it is right. */
    Optional<String> hint(Answer answer);

    /** What a right answer showed, by the person's own figures, and what follows from them. */
    String seen(Answer answer);
}
