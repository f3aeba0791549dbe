package tunebook.data;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import tunebook.core.TunebookException;

/**
 * Sentences with entities in a CoNLL file: a word and its tag in each line, with tabs or blanks
 * between the columns, and an empty line after each sentence. Tags may be BIO (IOB2), IOB1, IO,
 * BIOES or BILOU; they become BIO, see {@link Bio}. Lines that begin with {@code -DOCSTART-} and
 * comments ({@code # …} before a sentence) are no words; a comment {@code # id = …} names its
 * sentence, others are named {@code file:line}. Immutable; every call gives another.
 */
public final class Conll {
    private final Path file;
    private final ConllFormat format;
    private final long seed;
    private final boolean skipBad;

    private Conll(Path file, ConllFormat format, long seed, boolean skipBad) {
        this.file = file;
        this.format = format;
        this.seed = seed;
        this.skipBad = skipBad;
    }

    /** A file in UTF-8: words in the first column, tags in the last one. */
    public static Conll of(Path file) {
        return new Conll(file, ConllFormat.USUAL, 1, false);
    }

    /**
     * The column with the words, counted from 1; the first if nothing is said.
     *
     * @throws TunebookException if it is below 1
     */
    public Conll word(int column) {
        return new Conll(file, format.word(column), seed, skipBad);
    }

    /**
     * The column with the tags, counted from 1; the last if nothing is said.
     *
     * @throws TunebookException if it is below 1
     */
    public Conll tag(int column) {
        return new Conll(file, format.tag(column), seed, skipBad);
    }

    /** Another encoding than UTF-8. */
    public Conll charset(Charset charset) {
        return new Conll(file, format.charset(charset), seed, skipBad);
    }

    /** Splits differently; at first the seed is 1. */
    public Conll splitSeed(long seed) {
        return new Conll(file, format, seed, skipBad);
    }

    /**
     * Leaves out sentences that are broken instead of refusing them; {@link Dataset#skipped}
     * counts.
     */
    public Conll skipBad() {
        return new Conll(file, format, seed, true);
    }

    /**
     * Splits the sentences at random into three parts; equal sentences stay in the same part.
     *
     * @param train share of sentences to learn from
     * @param validation share of sentences to choose by
     * @param test share of sentences to compare by
     * @throws TunebookException if the file is missing, empty or in another encoding, a sentence is
     *     broken, there is no entity, or the shares are not positive with sum 1
     */
    public Dataset<EntityExample> split(double train, double validation, double test) {
        double[] shares = Split.checked(train, validation, test);
        BadRows bad = new BadRows(skipBad);
        String name = file.toString();
        List<EntityExample> all = ConllFile.read(file, format, bad);
        List<List<EntityExample>> parts =
                new Split(seed).parts(name, all, EntityExample::content, row -> "", shares);
        return EntityParts.of(name, all, parts, seed, bad.count());
    }
}
