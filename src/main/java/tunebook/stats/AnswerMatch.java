package tunebook.stats;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * How well an answer in words matches accepted ones, as SQuAD v1.1 is judged: in lower case,
 * without ASCII punctuation, without articles, blanks folded; the best over the accepted answers.
 *
 * @see <a href="https://arxiv.org/abs/1606.05250">Rajpurkar et al. 2016, §6.1</a>
 */
public final class AnswerMatch {
    private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
    // the words of Python, in which the measure was published: letters, numbers and _
    private static final Pattern ARTICLE =
            Pattern.compile("(?<![\\p{L}\\p{N}_])(?:a|an|the)(?![\\p{L}\\p{N}_])");
    private static final Pattern BLANKS = Pattern.compile("[\\p{IsWhite_Space}\\x1c-\\x1f]+");

    private AnswerMatch() {}

    /** What of a text is compared. */
    public static String normalized(String text) {
        String words = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        String bare = ARTICLE.matcher(words).replaceAll(" ");
        return BLANKS.matcher(bare).replaceAll(" ").strip();
    }

    /** 1 where the answer equals an accepted one, else 0. */
    public static double exact(String answer, List<String> accepted) {
        String given = normalized(answer);
        return best(accepted, right -> given.equals(normalized(right)) ? 1 : 0);
    }

    /**
     * F1 of the answer's words: 2·common / (words of the answer + words of the accepted one), each
     * word as often as both have it; 0 where none is common.
     */
    public static double f1(String answer, List<String> accepted) {
        String[] given = words(answer);
        return best(accepted, right -> f1(given, words(right)));
    }

    private static double best(List<String> accepted, ToDoubleFunction<String> score) {
        return accepted.stream().mapToDouble(score).max().orElse(0);
    }

    private static String[] words(String text) {
        String normalized = normalized(text);
        return normalized.isEmpty() ? new String[0] : normalized.split(" ", -1);
    }

    private static double f1(String[] answer, String[] right) {
        Map<String, Integer> left = new HashMap<>();
        Arrays.stream(right).forEach(word -> left.merge(word, 1, Integer::sum));
        int common = 0;
        for (String word : answer) if (left.merge(word, -1, Integer::sum) >= 0) common++;
        return common == 0 ? 0 : 2.0 * common / (answer.length + right.length);
    }
}
