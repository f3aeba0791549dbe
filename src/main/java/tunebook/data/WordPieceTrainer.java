package tunebook.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tunebook.core.TunebookException;

/**
 * Learns a WordPiece vocabulary: starts from characters, and again and again joins the two
 * neighbours that stand together most often. The pieces of {@link WordPiece#SPECIAL} come first.
 *
 * @see <a href="https://arxiv.org/abs/1508.07909">Sennrich et al. 2016, §3.2</a>
 */
public final class WordPieceTrainer {
    /**
     * One character in so many may stay unknown: keeps the rarest scripts out of the vocabulary.
     */
    private static final long CHARACTERS_PER_UNKNOWN = 100_000;

    private final Map<String, Long> words = new HashMap<>();

    private WordPieceTrainer() {}

    /**
     * Learns from lines; equal lines give an equal vocabulary.
     *
     * @param size pieces to learn, special ones and single characters included; where the lines
     *     have not so many, it is fewer
     * @throws TunebookException if the lines have no words or more different characters than size
     */
    public static WordPiece train(Stream<String> lines, int size) {
        WordPieceTrainer trainer = new WordPieceTrainer();
        lines.sequential().forEach(trainer::count);
        return trainer.learn(size);
    }

    private void count(String line) {
        Words.of(
                line,
                word -> {
                    if (word.length() <= WordPiece.LONGEST_WORD) words.merge(word, 1L, Long::sum);
                });
    }

    private WordPiece learn(int size) {
        Set<Integer> characters = commonCharacters();
        // In order, so that nothing depends on how a hash map iterates.
        TreeMap<String, Long> kept = new TreeMap<>(words);
        kept.keySet().removeIf(word -> !word.codePoints().allMatch(characters::contains));
        TreeSet<String> alphabet = new TreeSet<>();
        kept.keySet().forEach(word -> alphabet.addAll(symbols(word)));
        List<String> pieces = new ArrayList<>(WordPiece.SPECIAL);
        alphabet.stream()
                .sorted(
                        Comparator.comparing((String s) -> s.startsWith(WordPiece.INSIDE))
                                .thenComparing(s -> s))
                .forEach(pieces::add);
        if (alphabet.isEmpty() || pieces.size() > size) {
            throw new TunebookException(
                    "WordPiece vocabulary of " + size,
                    alphabet.isEmpty()
                            ? "the text has no words"
                            : "the text needs "
                                    + pieces.size()
                                    + " for special pieces and single characters alone",
                    alphabet.isEmpty() ? "give lines with words" : "give a larger size");
        }
        Merges merges = new Merges(pieces, WordPiece.INSIDE);
        kept.forEach((word, count) -> merges.add(symbols(word), count));
        merges.run(size);
        return new WordPiece(pieces);
    }

    /** All characters but the rarest, which make up next to nothing of the text. */
    private Set<Integer> commonCharacters() {
        Map<Integer, Long> counts = new TreeMap<>();
        words.forEach(
                (word, count) -> word.codePoints().forEach(c -> counts.merge(c, count, Long::sum)));
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long droppable = all / CHARACTERS_PER_UNKNOWN;
        Set<Integer> common = new HashSet<>(counts.keySet());
        List<Map.Entry<Integer, Long>> rarestFirst = new ArrayList<>(counts.entrySet());
        rarestFirst.sort(Map.Entry.comparingByValue());
        for (Map.Entry<Integer, Long> character : rarestFirst) {
            droppable -= character.getValue();
            if (droppable < 0) break;
            common.remove(character.getKey());
        }
        return common;
    }

    private static List<String> symbols(String word) {
        List<String> symbols = new ArrayList<>();
        word.codePoints()
                .forEach(
                        c ->
                                symbols.add(
                                        (symbols.isEmpty() ? "" : WordPiece.INSIDE)
                                                + Character.toString(c)));
        return symbols;
    }
}
