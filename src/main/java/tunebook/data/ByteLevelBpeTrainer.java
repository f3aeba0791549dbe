package tunebook.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tunebook.core.TunebookException;

/**
 * Learns byte pairs as GPT-2 has them: a text falls into words with the space before them, numbers
 * and signs; of each the bytes, and again and again the two neighbours joined that stand together
 * most often.
 *
 * @see <a href="https://arxiv.org/abs/1508.07909">Sennrich et al. 2016, §3.2</a>
 */
public final class ByteLevelBpeTrainer {
    private static final Pattern PART =
            Pattern.compile(
                    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                    Pattern.UNICODE_CHARACTER_CLASS);

    private ByteLevelBpeTrainer() {}

    /**
     * Learns from lines, each with its line break; equal lines give equal merges.
     *
     * @param size tokens, the 256 bytes included; fewer where the lines have not so many
     * @return the text of a {@code tokenizer.json}
     * @throws TunebookException if the size is below 256
     */
    public static String train(Stream<String> lines, int size) {
        List<String> bytes = ByteLevelBpe.visible();
        if (size < bytes.size()) {
            throw new TunebookException(
                    "byte pairs of " + size, "leave no room for the bytes", "give 256 or more");
        }
        // in order, so that nothing depends on how a hash map iterates
        TreeMap<String, Long> parts = new TreeMap<>();
        lines.sequential()
                .forEach(
                        line -> {
                            Matcher part = PART.matcher(line + "\n");
                            while (part.find()) parts.merge(part.group(), 1L, Long::sum);
                        });
        List<String> pieces = new ArrayList<>(bytes);
        Merges merges = new Merges(pieces, "");
        parts.forEach((part, count) -> merges.add(symbols(part, bytes), count));
        merges.run(size);
        return ByteLevelBpe.json(pieces, merges.order());
    }

    private static List<String> symbols(String part, List<String> bytes) {
        List<String> symbols = new ArrayList<>();
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) symbols.add(bytes.get(b & 0xff));
        return symbols;
    }
}
