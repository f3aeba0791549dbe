package tunebook.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tunebook.core.TunebookException;

/** The sentences of one CoNLL file; a broken line breaks its sentence and no other. */
final class ConllFile {
    private static final Pattern LINE_END = Pattern.compile("\r?\n");
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");
    private static final Pattern ID = Pattern.compile("#\\s+(?:sent_)?id\\s*=\\s*(\\S.*)");
    private static final Pattern DOCUMENT = Pattern.compile("-DOCSTART-.*|#(begin|end) document.*");

    private final Path file;
    private final ConllFormat format;
    private final BadRows bad;
    private final String[] lines;
    private final int usual;
    private final List<EntityExample> sentences = new ArrayList<>();
    private final Map<String, Integer> lineOf = new HashMap<>();

    private final List<String> words = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private String id;
    private int first;
    private TunebookException trouble;

    private ConllFile(Path file, ConllFormat format, BadRows bad) {
        this.file = file;
        this.format = format;
        this.bad = bad;
        this.lines = LINE_END.split(TextFile.read(file, format.charset()), -1);
        this.usual = usualColumns();
    }

    /**
     * Reads a file.
     *
     * @throws TunebookException if it is missing, in another encoding or has no sentence, or for a
     *     broken sentence unless these are skipped
     */
    static List<EntityExample> read(Path file, ConllFormat format, BadRows bad) {
        return new ConllFile(file, format, bad).read();
    }

    private List<EntityExample> read() {
        checkColumns();
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || DOCUMENT.matcher(line).matches()) end();
            else if (!words.isEmpty() || trouble != null || !isComment(line)) add(i + 1, line);
            else note(line);
        }
        end();
        if (sentences.isEmpty() && bad.count() == 0) {
            throw new TunebookException(
                    file.toString(),
                    "has no sentences",
                    "give a word and its tag a line, and an empty line after each sentence");
        }
        return List.copyOf(sentences);
    }

    /** What most lines have, so that a single odd one is the one that is refused. */
    private int usualColumns() {
        Map<Integer, Integer> counts = new HashMap<>();
        for (String line : lines) {
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#") || stripped.startsWith("-DOCSTART-"))
                continue;
            counts.merge(BLANKS.split(stripped).length, 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .max(
                        Map.Entry.<Integer, Integer>comparingByValue()
                                .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .orElse(2);
    }

    private void checkColumns() {
        int last = Math.max(format.word(), format.tag());
        if (usual < 2 || last > usual || format.word() == format.tagOf(usual)) {
            throw new TunebookException(
                    file.toString(),
                    "has "
                            + (usual == 1 ? "one column" : usual + " columns")
                            + " where word "
                            + format.word()
                            + " and tag "
                            + format.tagOf(usual)
                            + " are asked for",
                    "put a tab or a blank between word and tag, or say word(column) and"
                            + " tag(column)");
        }
    }

    /** A word may be # itself: then a tag stands in its line. */
    private boolean isComment(String line) {
        if (!line.matches("#( .*)?")) return false;
        String[] cells = BLANKS.split(line, 0);
        return cells.length != usual || !Bio.isTag(cells[format.tagOf(usual) - 1]);
    }

    private void note(String line) {
        Matcher named = ID.matcher(line);
        if (named.matches()) id = named.group(1).strip();
    }

    private void add(int number, String line) {
        if (words.isEmpty() && trouble == null) first = number;
        if (trouble != null) return;
        String[] cells = BLANKS.split(line, 0);
        String what = null;
        String mend = "give each word one tag, with a tab or a blank between them; or skipBad()";
        if (line.indexOf('\0') >= 0) {
            what = "has a NUL character";
            mend = "remove it, or skipBad()";
        } else if (cells.length == 1) {
            what = "\"" + line + "\" has no tag beside it";
        } else if (cells.length != usual) {
            what = "has " + cells.length + " columns where most lines have " + usual;
        } else if (!Bio.isTag(cells[format.tagOf(usual) - 1])) {
            what = "\"" + cells[format.tagOf(usual) - 1] + "\" is no tag";
            mend =
                    "write O, B-TYPE or I-TYPE (E-, S-, L- and U- are known too), say which column"
                            + " has the tags with tag(column), or skipBad()";
        }
        if (what != null) {
            trouble = new TunebookException(file + " line " + number, what, mend);
            return;
        }
        words.add(cells[format.word() - 1]);
        tags.add(cells[format.tagOf(usual) - 1]);
    }

    private void end() {
        if (trouble != null) {
            bad.add(trouble);
        } else if (!words.isEmpty()) {
            String name = id == null ? file.getFileName() + ":" + first : id;
            Integer earlier = lineOf.putIfAbsent(name, first);
            if (earlier == null) sentences.add(new EntityExample(name, words, Bio.of(tags)));
            else
                bad.add(
                        new TunebookException(
                                file + " line " + first,
                                "the sentence has the id \"" + name + "\" of line " + earlier,
                                "give each its own, leave the comment out, or skipBad()"));
        }
        words.clear();
        tags.clear();
        id = null;
        trouble = null;
    }
}
