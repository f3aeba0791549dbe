package tunebook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import tunebook.core.Names;
import tunebook.core.TunebookException;

/**
 * Drawings of sixteen things, 32 × 32 pixels in colour, made by a program: each has its own place,
 * size, angle and hand, and things have several shapes. Two media draw the same things, so that
 * what was learned on one can be carried to the other. The same calls give the same pictures on one
 * Java. Immutable; every call gives another.
 */
public final class Drawings {
    /** What they can be drawn with. */
    public static final List<String> MEDIA =
            Arrays.stream(Medium.values()).map(Medium::label).toList();

    private final Medium medium;
    private final int each;
    private final long seed;

    private Drawings(Medium medium, int each, long seed) {
        this.medium = medium;
        this.each = each;
        this.seed = seed;
    }

    /**
     * A hundred drawings of each thing.
     *
     * @param medium {@code pen}: thin dark ink on tinted paper; {@code chalk}: wide light strokes
     *     on a board
     * @throws TunebookException if it is another
     */
    public static Drawings of(String medium) {
        return Arrays.stream(Medium.values())
                .filter(m -> m.label().equals(medium))
                .map(m -> new Drawings(m, 100, 1))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TunebookException(
                                        "drawings(\"" + medium + "\")",
                                        "there are drawings in " + String.join(" and ", MEDIA),
                                        Names.mend(medium, MEDIA)));
    }

    @Override
    public String toString() {
        return "drawings in " + medium.label() + ", " + each + " of each thing";
    }

    /** Names of what is drawn, sorted. */
    public List<String> labels() {
        return Arrays.stream(Motif.values()).map(Motif::label).toList();
    }

    /**
     * So many of each thing.
     *
     * @param count from 3 to 100,000
     */
    public Drawings each(int count) {
        if (count < 3 || count > 100_000)
            throw new TunebookException(
                    "each(" + count + ")", "is not from 3 to 100000", "give 20 to 500");
        return new Drawings(medium, count, seed);
    }

    /** Other drawings, split in another way; at first the seed is 1. */
    public Drawings seed(long seed) {
        return new Drawings(medium, each, seed);
    }

    /**
     * Draws, and divides the drawings into three parts with the same share of each thing.
     *
     * @param train share of drawings to learn from
     * @param validation share of drawings to choose by
     * @param test share of drawings to compare by
     * @throws TunebookException if the shares are not positive with sum 1
     */
    public Dataset<ImageExample> split(double train, double validation, double test) {
        double[] shares = Split.checked(train, validation, test);
        List<LabelledPicture> drawn = new ArrayList<>();
        for (Motif motif : Motif.values())
            for (int i = 0; i < each; i++)
                drawn.add(
                        new LabelledPicture(
                                motif.label() + "/" + i, picture(motif, i), motif.label()));
        String name = medium.label() + " drawings";
        return PictureClasses.of(
                name, PictureClasses.split(new Split(seed), name, drawn, shares), seed, 0);
    }

    /** One drawing: the same for the same thing, medium, seed and number. */
    private Picture picture(Motif motif, int number) {
        long own = 31L * motif.label().hashCode() + medium.label().hashCode();
        long mixed = (seed * 1_000_003L + own) * 1_000_003L + number;
        Random dice = new Random(new SplittableRandom(mixed).nextLong());
        Sketch sketch = new Sketch(dice);
        motif.draw(sketch);
        if (sketch.chance(0.15)) sketch.slip();
        return medium.picture(sketch, dice);
    }
}
