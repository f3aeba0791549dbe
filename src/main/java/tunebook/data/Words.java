package tunebook.data;

import java.text.Normalizer;
import java.util.function.Consumer;

/**
 * Cuts a text into words as BERT's uncased tokenizer does: controls dropped, lower case, no
 * accents, each punctuation mark and each Chinese character a word of its own.
 */
final class Words {
    private Words() {}

    static void of(String text, Consumer<String> word) {
        StringBuilder current = new StringBuilder();
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD);
        for (int at = 0, c; at < plain.length(); at += Character.charCount(c)) {
            c = plain.codePointAt(at);
            if (isDropped(c)) continue;
            boolean space = isSpace(c);
            boolean alone = isPunctuation(c) || isChinese(c);
            if (space || alone) {
                flush(current, word);
                if (alone) word.accept(Character.toString(c));
            } else {
                current.appendCodePoint(Character.toLowerCase(c));
            }
        }
        flush(current, word);
    }

    private static void flush(StringBuilder current, Consumer<String> word) {
        if (current.length() > 0) word.accept(current.toString());
        current.setLength(0);
    }

    private static boolean isSpace(int c) {
        return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c) || c == 0x85;
    }

    private static boolean isDropped(int c) {
        if (c == 0xFFFD) return true;
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    true;
            case Character.CONTROL -> !isSpace(c);
            default -> false;
        };
    }

    private static boolean isPunctuation(int c) {
        if (c < 0x80) return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION ->
                    true;
            default -> false;
        };
    }

    private static boolean isChinese(int c) {
        return (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x20000 && c <= 0x2CEAF)
                || (c >= 0x2F800 && c <= 0x2FA1F);
    }
}
