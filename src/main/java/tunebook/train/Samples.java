package tunebook.train;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a backbone and a model tuned on it write after the same words, with the same draws.
 *
 * @param prompt the words
 * @param before the backbone's name
 * @param after the tuned model's name
 * @param pairs both texts, the prompt in front
 */
public record Samples(String prompt, String before, String after, List<Pair> pairs) {
    /** Keeps its own copy. */
    public Samples {
        pairs = List.copyOf(pairs);
    }

    /**
     * Two texts.
     *
     * @param before the backbone's
     * @param after the tuned model's
     */
    public record Pair(String before, String after) {}

    /**
     * Lets both write.
     *
     * @param count how many texts of each; the seeds follow each other from the sampling's. One
     *     where nothing is drawn
     */
    public static Samples of(
            Generator before,
            Generator after,
            String prompt,
            int tokens,
            Sampling sampling,
            int count) {
        int texts = sampling.temperature() == 0 ? 1 : count;
        List<Pair> pairs =
                IntStream.range(0, texts)
                        .mapToObj(i -> sampling.seed(sampling.seed() + i))
                        .map(
                                drawn ->
                                        new Pair(
                                                before.text(prompt, tokens, drawn),
                                                after.text(prompt, tokens, drawn)))
                        .toList();
        return new Samples(prompt, before.name(), after.name(), pairs);
    }
}
