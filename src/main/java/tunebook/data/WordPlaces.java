package tunebook.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The words of a text and where they stand. Blanks part words; punctuation marks and symbols stand
 * alone, one by one, but for those within a word or number (isn't, A&amp;E, 4.15) and in initials
 * (U.S.).
 *
 * @param words in their order
 * @param from each word's first character in the text, in UTF-16 units
 * @param end the place after its last one
 */
public record WordPlaces(List<String> words, int[] from, int[] end) {
    private static final String JOINING = "'\u2019-\u2010\u2011.&/_@+";
    private static final String JOINING_DIGITS = ",:";

    /** Finds a text's words; a blank text has none. */
    public static WordPlaces of(String text) {
        List<String> words = new ArrayList<>();
        IntStream.Builder from = IntStream.builder();
        IntStream.Builder end = IntStream.builder();
        for (int at = 0; at < text.length(); ) {
            int next = at + Character.charCount(text.codePointAt(at));
            if (!isSpace(text.codePointAt(at))) {
                if (isPlain(text, at)) next = endOfWord(text, at);
                words.add(text.substring(at, next));
                from.add(at);
                end.add(next);
            }
            at = next;
        }
        return new WordPlaces(List.copyOf(words), from.build().toArray(), end.build().toArray());
    }

    private static int endOfWord(String text, int from) {
        int at = from;
        boolean initials = true; // letters parted by full stops so far
        int stops = 0;
        while (isPlain(text, at)) {
            int end = at;
            while (isPlain(text, end)) end += Character.charCount(text.codePointAt(end));
            initials &= end - at == 1 && Character.isLetter(text.charAt(at));
            if (end == text.length() || !joins(text, end)) {
                boolean stopped = initials && stops > 0 && text.startsWith(".", end);
                return stopped ? end + 1 : end;
            }
            initials &= text.charAt(end) == '.';
            stops++;
            at = end + 1;
        }
        return at;
    }

    /** Whether a mark between two plain characters holds them together. */
    private static boolean joins(String text, int at) {
        if (!isPlain(text, at + 1)) return false;
        char mark = text.charAt(at);
        if (JOINING.indexOf(mark) >= 0) return true;
        return JOINING_DIGITS.indexOf(mark) >= 0
                && Character.isDigit(text.codePointBefore(at))
                && Character.isDigit(text.codePointAt(at + 1));
    }

    private static boolean isPlain(String text, int at) {
        if (at >= text.length()) return false;
        int c = text.codePointAt(at);
        return !isSpace(c)
                && switch (Character.getType(c)) {
                    case Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION,
                            Character.MATH_SYMBOL,
                            Character.CURRENCY_SYMBOL,
                            Character.MODIFIER_SYMBOL,
                            Character.OTHER_SYMBOL ->
                            false;
                    default -> true;
                };
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }
}
