package tunebook.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tunebook.core.TunebookException;

/**
 * Text files with a label, a blank and a text in each line, whose parts are fixed by whoever made
 * them. Immutable; every call gives another.
 */
public final class LabelledLines {
    private static final Pattern LINE_END = Pattern.compile("\r?\n");

    private final Path train;
    private final Path validation;
    private final Path test;
    private final double share;
    private final Charset charset;
    private final long seed;
    private final boolean skipBad;

    private LabelledLines(
            Path train,
            Path validation,
            Path test,
            double share,
            Charset charset,
            long seed,
            boolean skipBad) {
        this.train = train;
        this.validation = validation;
        this.test = test;
        this.share = share;
        this.charset = charset;
        this.seed = seed;
        this.skipBad = skipBad;
    }

    /** Lines to learn from and lines to compare by, in UTF-8. */
    public static LabelledLines of(Path train, Path test) {
        return new LabelledLines(train, null, test, 0.1, StandardCharsets.UTF_8, 1, false);
    }

    /** Lines to choose by; without them a tenth of the training lines is taken. */
    public LabelledLines validation(Path file) {
        return new LabelledLines(train, file, test, share, charset, seed, skipBad);
    }

    /**
     * The share of the training lines that is taken to choose by, each label alike.
     *
     * @throws TunebookException if it is not between 0 and 1
     */
    public LabelledLines validation(double share) {
        Split.checked(1 - share, share);
        return new LabelledLines(train, null, test, share, charset, seed, skipBad);
    }

    /** Another encoding than UTF-8. */
    public LabelledLines charset(Charset charset) {
        return new LabelledLines(train, validation, test, share, charset, seed, skipBad);
    }

    /** Takes other lines for validation; at first the seed is 1. */
    public LabelledLines splitSeed(long seed) {
        return new LabelledLines(train, validation, test, share, charset, seed, skipBad);
    }

    /**
     * Leaves out lines that are broken instead of refusing them; {@link Dataset#skipped} counts.
     */
    public LabelledLines skipBad() {
        return new LabelledLines(train, validation, test, share, charset, seed, true);
    }

    /**
     * Reads the files.
     *
     * @param name for results
     * @throws TunebookException if a file is missing or in another encoding, a line broken, or a
     *     label unknown to the training lines
     */
    public Dataset<TextExample> read(String name) {
        BadRows bad = new BadRows(skipBad);
        List<Labelled> toTrain = lines(train, bad);
        List<Labelled> toValidate;
        if (validation == null) {
            List<List<Labelled>> parts =
                    Classes.split(new Split(seed), train.toString(), toTrain, 1 - share, share);
            toTrain = parts.get(0);
            toValidate = parts.get(1);
        } else {
            toValidate = lines(validation, bad);
        }
        List<List<Labelled>> parts = List.of(toTrain, toValidate, lines(test, bad));
        return Classes.of(name, parts, seed, bad.count());
    }

    private List<Labelled> lines(Path file, BadRows bad) {
        List<Labelled> rows = new ArrayList<>();
        String[] lines = LINE_END.split(TextFile.read(file, charset), 0);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank()) continue;
            String line = lines[i].strip();
            int blank = 0;
            while (blank < line.length() && !Character.isWhitespace(line.charAt(blank))) blank++;
            Labelled row =
                    new Labelled(
                            file.getFileName() + ":" + (i + 1),
                            line.substring(blank).strip(),
                            line.substring(0, blank));
            if (!bad.refuses(file + " line " + (i + 1), row, "text", "label")) rows.add(row);
        }
        return List.copyOf(rows);
    }
}
