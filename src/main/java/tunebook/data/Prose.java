package tunebook.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tunebook.core.TunebookException;

/**
 * Running text in a file, to model language with. Paragraphs are separated by blank lines; where
 * one would hold more than a tenth of the text, each line is a paragraph. Immutable; every call
 * gives another.
 */
public final class Prose {
    private static final Pattern BLANK_LINES = Pattern.compile("\n(?:[ \t]*\n)+");
    private static final Pattern LINE_ENDS = Pattern.compile("\n+");
    private static final Pattern NEW_LINE = Pattern.compile("\r\n?");

    /** Into how many pieces a text is cut at most for cross-validation. */
    private static final int BLOCKS = 20;

    private final Path file;
    private final Charset charset;
    private final long seed;

    private Prose(Path file, Charset charset, long seed) {
        this.file = file;
        this.charset = charset;
        this.seed = seed;
    }

    /** A file in UTF-8. */
    public static Prose of(Path file) {
        return new Prose(file, StandardCharsets.UTF_8, 1);
    }

    /** Another encoding than UTF-8. */
    public Prose charset(Charset charset) {
        return new Prose(file, charset, seed);
    }

    /** Takes other stretches for validation and test; at first the seed is 1. */
    public Prose splitSeed(long seed) {
        return new Prose(file, charset, seed);
    }

    /**
     * Divides the text into three parts of whole paragraphs. Validation and test are one stretch
     * each, at places that the seed decides, so that few neighbours are divided; what is around
     * them is to learn from.
     *
     * @param train share of characters to learn from, about
     * @param validation share of characters to choose by
     * @param test share of characters to compare by
     * @throws TunebookException if the file is missing or in another encoding, has too few
     *     paragraphs, or the shares are not positive with sum 1
     */
    public Dataset<ProseExample> split(double train, double validation, double test) {
        double[] shares = Split.checked(train, validation, test);
        String name = file.toString();
        List<ProseExample> all = paragraphs(TextFile.read(file, charset));
        if (all.size() < shares.length) {
            throw new TunebookException(
                    name,
                    "has " + all.size() + " paragraphs, too few for 3 parts",
                    "give more text, with blank lines or line ends between paragraphs");
        }
        int[] partOf = new Stretches(all, new SplittableRandom(seed)).partOf(shares);
        List<List<ProseExample>> parts =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < partOf.length; i++) parts.get(partOf[i]).add(all.get(i));
        return Dataset.of(
                name, Kind.PROSE, List.of(), parts, (part, paragraph) -> paragraph, seed, 0);
    }

    private static List<ProseExample> paragraphs(String read) {
        String text = NEW_LINE.matcher(read).replaceAll("\n");
        List<String> pieces = pieces(text, BLANK_LINES);
        int longest = pieces.stream().mapToInt(String::length).max().orElse(0);
        if (longest > text.length() / 10) pieces = pieces(text, LINE_ENDS);
        List<ProseExample> paragraphs = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++)
            paragraphs.add(
                    new ProseExample(
                            "paragraph " + (i + 1),
                            i,
                            (int) ((long) i * BLOCKS / pieces.size()),
                            pieces.get(i)));
        return paragraphs;
    }

    /** The pieces between separators, each with the one that follows it. */
    private static List<String> pieces(String text, Pattern separator) {
        List<String> pieces = new ArrayList<>();
        Matcher between = separator.matcher(text);
        int from = 0;
        while (between.find()) {
            if (!text.substring(from, between.end()).isBlank())
                pieces.add(text.substring(from, between.end()));
            from = between.end();
        }
        if (!text.substring(from).isBlank()) pieces.add(text.substring(from));
        return pieces;
    }

    /** Where validation and test lie, by characters, moved to the nearest ends of paragraphs. */
    private record Stretches(List<ProseExample> paragraphs, SplittableRandom random) {
        int[] partOf(double... shares) {
            int first = random.nextBoolean() ? 1 : 2;
            int second = 3 - first;
            double u = random.nextDouble();
            double v = random.nextDouble();
            double before = shares[0] * Math.min(u, v);
            double between = shares[0] * Math.abs(u - v);
            int n = paragraphs.size();
            int a = Math.min(boundary(before), n - 2);
            int b = Math.max(a + 1, Math.min(boundary(before + shares[first]), n - 1));
            int c = Math.max(b, Math.min(boundary(before + shares[first] + between), n - 1));
            int d = Math.max(c + 1, boundary(before + shares[first] + between + shares[second]));
            int[] partOf = new int[n];
            for (int i = a; i < b; i++) partOf[i] = first;
            for (int i = c; i < Math.min(d, n); i++) partOf[i] = second;
            return partOf;
        }

        /** How many paragraphs lie before a place, given as a share of the text. */
        private int boundary(double share) {
            double place = share * paragraphs.stream().mapToLong(p -> p.text().length()).sum();
            long end = 0;
            for (int i = 0; i < paragraphs.size(); i++) {
                int length = paragraphs.get(i).text().length();
                if (place < end + length / 2.0) return i;
                end += length;
            }
            return paragraphs.size();
        }
    }
}
