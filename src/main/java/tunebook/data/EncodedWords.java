package tunebook.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tunebook.core.Tokenizer;

/**
 * A sentence of words as token ids. A word is labelled at its first token; a word that has none, or
 * none within the limit, is not.
 *
 * @param ids in their order, special ones included
 * @param rows of the labelled tokens, rising
 * @param words which word each of these is of, rising
 * @param labels of these words
 * @param lost how many tokens were cut off
 */
public record EncodedWords(int[] ids, int[] rows, int[] words, int[] labels, int lost)
        implements Encoded {
    @Override
    public int length() {
        return ids.length;
    }

    /**
     * Encodes words with a blank between them.
     *
     * @param labels of each word
     * @param limit most tokens, special ones included
     */
    public static EncodedWords of(
            List<String> words, int[] labels, Tokenizer tokenizer, int limit) {
        String text = String.join(" ", words);
        Tokenizer.Tokens tokens = tokenizer.encode(text, limit);
        Tokenizer.Located located = tokenizer.locate(text);
        int[] firsts = firsts(words, located);
        int kept = tokens.ids().length - specialAtTheEnd(located);
        int[] labelled =
                IntStream.range(0, firsts.length)
                        .filter(w -> firsts[w] >= 0 && firsts[w] < kept)
                        .toArray();
        return new EncodedWords(
                tokens.ids(),
                Arrays.stream(labelled).map(w -> firsts[w]).toArray(),
                labelled,
                Arrays.stream(labelled).map(w -> labels[w]).toArray(),
                tokens.truncated());
    }

    /** The first token of each word, or −1; a token over several words is the first one's. */
    private static int[] firsts(List<String> words, Tokenizer.Located tokens) {
        int[] firsts = new int[words.size()];
        Arrays.fill(firsts, -1);
        int word = 0;
        int end = words.get(0).length(); // of this word in the text
        for (int t = 0; t < tokens.ids().length; t++) {
            if (tokens.sides()[t] != 0) continue;
            while (word < firsts.length - 1 && tokens.from()[t] >= end)
                end += 1 + words.get(++word).length();
            boolean within = tokens.end()[t] > end - words.get(word).length();
            if (firsts[word] < 0 && within && tokens.from()[t] < end) firsts[word] = t;
        }
        return firsts;
    }

    private static int specialAtTheEnd(Tokenizer.Located tokens) {
        int special = 0;
        for (int t = tokens.ids().length - 1; t >= 0 && tokens.sides()[t] < 0; t--) special++;
        return special;
    }
}
