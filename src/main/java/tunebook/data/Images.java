package tunebook.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tunebook.core.TunebookException;

/**
 * Pictures with a class each: a folder or archive with one sub-folder a class, or IDX files.
 * Immutable; every call gives another.
 *
 * <p>Pictures stay in memory, at most half of it. Those whose short side is longer than 256 pixels
 * are kept shrunk; see {@link #shortSide}.
 */
public final class Images {
    private static final double TENTH = 0.1;

    private final String name;
    private final PictureSource source;
    private final long seed;
    private final boolean skipBad;
    private final Keep keep;

    /**
     * What is kept of pictures.
     *
     * @param shortSide most pixels of the shorter side
     * @param bytes of all pictures together, at most
     */
    record Keep(int shortSide, long bytes) {}

    private Images(String name, PictureSource source, long seed, boolean skipBad, Keep keep) {
        this.name = name;
        this.source = source;
        this.seed = seed;
        this.skipBad = skipBad;
        this.keep = keep;
    }

    private static Images of(String name, PictureSource source) {
        long half = Runtime.getRuntime().maxMemory() / 2;
        return new Images(name, source, 1, false, new Keep(256, half));
    }

    /**
     * A folder, {@code .zip}, {@code .tar} or {@code .tar.gz} with one sub-folder a class, or with
     * such in {@code train}, {@code validation} (or {@code val}) and {@code test}. A folder that
     * holds nothing but another one is taken for that one; hidden files and files beside the class
     * folders are passed over. An archive is unpacked to a temporary folder, which is removed once
     * the pictures are read.
     */
    public static Images of(Path folderOrArchive) {
        return of(name(folderOrArchive), new PictureFolder(folderOrArchive));
    }

    /**
     * IDX files as of MNIST, plain or {@code .gz}: pictures [count, height, width] and a label from
     * 0 to 255 for each. Labels are called by their numbers; see {@link #test}.
     */
    public static Images of(Path pictures, Path labels) {
        return of(name(pictures), new PictureIdx(pictures, labels));
    }

    private static String name(Path path) {
        Path last = path.toAbsolutePath().normalize().getFileName();
        return last == null ? path.toString() : last.toString();
    }

    /**
     * Pictures that are there already, called by their numbers.
     *
     * @param labels one for each picture
     * @throws TunebookException if there are not as many labels as pictures
     */
    public static Images of(String name, List<Picture> pictures, List<String> labels) {
        if (pictures.size() != labels.size()) {
            throw new TunebookException(
                    name,
                    labels.size() + " labels for " + pictures.size() + " pictures",
                    "give one for each");
        }
        return of(name, new PictureList(name, pictures, labels));
    }

    /**
     * Other pictures to compare by; {@link #parts} then takes these to learn from:
     *
     * <pre>{@code
     * images("train-images.gz", "train-labels.gz")
     *     .test(images("test-images.gz", "test-labels.gz")).parts()
     * }</pre>
     */
    public Images test(Images others) {
        return new Images(name, new PicturePair(source, others.source), seed, skipBad, keep);
    }

    /** Splits differently; at first the seed is 1. */
    public Images splitSeed(long seed) {
        return new Images(name, source, seed, skipBad, keep);
    }

    /**
     * Leaves out files that are no pictures, and empty class folders, instead of refusing them;
     * {@link Dataset#skipped} counts.
     */
    public Images skipBad() {
        return new Images(name, source, seed, true, keep);
    }

    /**
     * Keeps pictures whose short side is longer shrunk to so many pixels, in their proportions; 256
     * if nothing is said. Take what the model reads or a little more.
     *
     * @param pixels from 1 to 4096
     */
    public Images shortSide(int pixels) {
        if (pixels < 1 || pixels > 4096)
            throw new TunebookException(
                    "shortSide(" + pixels + ")", "is not from 1 to 4096", "give 32 to 512");
        return new Images(name, source, seed, skipBad, new Keep(pixels, keep.bytes()));
    }

    /** For tests: so many bytes of pixels at most. */
    Images mostBytes(long bytes) {
        return new Images(name, source, seed, skipBad, new Keep(keep.shortSide(), bytes));
    }

    /**
     * Reads the pictures and divides them at random into three parts with the same share of each
     * class. Equal pictures stay in the same part.
     *
     * @param train share of pictures to learn from
     * @param validation share of pictures to choose by
     * @param test share of pictures to compare by
     * @throws TunebookException if a file is no picture, a class empty or too small, there is one
     *     class only, the pictures are too large for the memory, are in parts already, or the
     *     shares are not positive with sum 1
     */
    public Dataset<ImageExample> split(double train, double validation, double test) {
        double[] shares = Split.checked(train, validation, test);
        BadRows bad = new BadRows(skipBad);
        Map<String, List<LabelledPicture>> found = source.read(keep, bad);
        if (!found.keySet().equals(Set.of(""))) {
            throw new TunebookException(
                    name,
                    "is in parts already: " + String.join(", ", new TreeSet<>(found.keySet())),
                    "call parts() in place of split(…)");
        }
        List<List<LabelledPicture>> parts =
                PictureClasses.split(new Split(seed), name, found.get(""), shares);
        return PictureClasses.of(name, parts, seed, bad.count());
    }

    /**
     * Reads the pictures in the parts that their folders are: {@code train}, {@code validation} and
     * {@code test}. Without validation pictures a tenth of the training ones is taken, of each
     * class alike.
     *
     * @throws TunebookException as {@link #split}, or if there are no such folders, or a class is
     *     not among the training ones
     */
    public Dataset<ImageExample> parts() {
        BadRows bad = new BadRows(skipBad);
        Map<String, List<LabelledPicture>> found = source.read(keep, bad);
        if (!found.containsKey(PictureSource.TRAIN) || !found.containsKey(PictureSource.TEST)) {
            throw new TunebookException(
                    name,
                    found.containsKey("")
                            ? "is not in parts"
                            : "has only the parts "
                                    + String.join(", ", new TreeSet<>(found.keySet())),
                    "call split(0.7, 0.15, 0.15), or give it folders train and test");
        }
        List<List<LabelledPicture>> parts = new ArrayList<>();
        List<LabelledPicture> train = found.get(PictureSource.TRAIN);
        List<LabelledPicture> validation = found.get(PictureSource.VALIDATION);
        if (validation == null) {
            parts.addAll(PictureClasses.split(new Split(seed), name, train, 1 - TENTH, TENTH));
        } else {
            parts.add(train);
            parts.add(validation);
        }
        parts.add(found.get(PictureSource.TEST));
        return PictureClasses.of(name, parts, seed, bad.count());
    }
}
