package tunebook.data;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tunebook.core.TunebookException;

/**
 * Sentences with entities in three CoNLL files, whose parts are fixed by whoever made them; their
 * form is that of {@link Conll}. Immutable; every call gives another.
 */
public final class ConllParts {
    private final List<Path> files;
    private final ConllFormat format;
    private final boolean skipBad;

    private ConllParts(List<Path> files, ConllFormat format, boolean skipBad) {
        this.files = files;
        this.format = format;
        this.skipBad = skipBad;
    }

    /** Sentences to learn from, to choose by and to compare by, in UTF-8. */
    public static ConllParts of(Path train, Path validation, Path test) {
        return new ConllParts(List.of(train, validation, test), ConllFormat.USUAL, false);
    }

    /**
     * The column with the words, counted from 1; the first if nothing is said.
     *
     * @throws TunebookException if it is below 1
     */
    public ConllParts word(int column) {
        return new ConllParts(files, format.word(column), skipBad);
    }

    /**
     * The column with the tags, counted from 1; the last if nothing is said.
     *
     * @throws TunebookException if it is below 1
     */
    public ConllParts tag(int column) {
        return new ConllParts(files, format.tag(column), skipBad);
    }

    /** Another encoding than UTF-8. */
    public ConllParts charset(Charset charset) {
        return new ConllParts(files, format.charset(charset), skipBad);
    }

    /**
     * Leaves out sentences that are broken instead of refusing them; {@link Dataset#skipped}
     * counts.
     */
    public ConllParts skipBad() {
        return new ConllParts(files, format, true);
    }

    /**
     * Reads the files.
     *
     * @param name for results
     * @throws TunebookException if a file is missing, empty or in another encoding, a sentence is
     *     broken, or a type of entities is unknown to the training sentences
     */
    public Dataset<EntityExample> read(String name) {
        BadRows bad = new BadRows(skipBad);
        List<List<EntityExample>> parts = new ArrayList<>();
        for (Path file : files) parts.add(ConllFile.read(file, format, bad));
        return EntityParts.of(name, parts.get(0), parts, 1, bad.count());
    }
}
