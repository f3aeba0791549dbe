package tunebook.data;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Pictures of 32 × 32 pixels in colour that a program paints without end, to learn to see by:
 * surfaces, shapes and signs, each of one class, in chance colours, sizes, angles and places.
 * Shapes and signs are of some surface and before another. The same seed gives the same pictures on
 * one Java.
 */
public final class Paintings {
    private static final int SIDE = 32;

    /** Places looked at in a pixel, each way. */
    private static final int FINE = 2;

    private static final List<Weave> WEAVES = List.of(Weave.values());
    private static final List<Silhouette> SHAPES = List.of(Silhouette.values());
    private static final List<Glyph> GLYPHS = List.of(Glyph.values());

    private static final List<String> LABELS =
            Stream.of(
                            WEAVES.stream().map(Weave::label),
                            SHAPES.stream().map(Silhouette::label),
                            GLYPHS.stream().map(Glyph::label))
                    .flatMap(labels -> labels)
                    .toList();

    private final long seed;

    /** Other seeds, other pictures. */
    public Paintings(long seed) {
        this.seed = seed;
    }

    /** What the classes are called. */
    public static List<String> labels() {
        return LABELS;
    }

    /** A picture and its class. */
    public record Painted(Picture picture, int label) {}

    /** Pictures from a number on. */
    public List<Painted> some(long first, int count) {
        List<Painted> some = new ArrayList<>();
        for (long number = first; number < first + count; number++) some.add(painted(number));
        return some;
    }

    private Painted painted(long number) {
        SplittableRandom dice = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        int label = dice.nextInt(LABELS.size());
        int surfaces = WEAVES.size();
        Surface ground =
                label < surfaces
                        ? new Surface(dice, WEAVES.get(label), 1)
                        : new Surface(dice, anyWeave(dice), dice.nextDouble() < 0.4 ? 0 : 0.4);
        if (label < surfaces) return new Painted(picture(dice, ground, null, null), label);
        Surface filling =
                new Surface(dice, anyWeave(dice), dice.nextDouble() < 0.5 ? 0 : 0.5).apart(ground);
        return new Painted(picture(dice, ground, filling, shape(dice, label - surfaces)), label);
    }

    private static Weave anyWeave(SplittableRandom dice) {
        return WEAVES.get(dice.nextInt(WEAVES.size()));
    }

    private interface Area {
        boolean has(double x, double y);
    }

    private static Area shape(SplittableRandom dice, int number) {
        int shapes = SHAPES.size();
        if (number >= shapes) {
            Glyph glyph = GLYPHS.get(number - shapes);
            double half = between(dice, 0.06, 0.2);
            return (x, y) -> glyph.distance(x, y) < half;
        }
        Silhouette shape = SHAPES.get(number);
        if (dice.nextDouble() < 0.6) return shape::has;
        // its edge alone
        double inner = between(dice, 0.6, 0.85);
        return (x, y) -> shape.has(x, y) && !shape.has(x / inner, y / inner);
    }

    private static Picture picture(
            SplittableRandom dice, Surface ground, Surface filling, Area area) {
        double size = between(dice, 0.45, 0.95);
        double slack = 1 - size;
        double dx = between(dice, -slack, slack);
        double dy = between(dice, -slack, slack);
        double angle = Math.toRadians(between(dice, -25, 25));
        double stretch = between(dice, 0.8, 1.25);
        double cos = Math.cos(angle) / size;
        double sin = Math.sin(angle) / size;
        double light = between(dice, -0.25, 0.25);
        byte[] values = new byte[SIDE * SIDE * 3];
        for (int py = 0; py < SIDE; py++) {
            for (int px = 0; px < SIDE; px++) {
                double[] sum = new double[3];
                for (int s = 0; s < FINE * FINE; s++) {
                    double x = place(px, s % FINE);
                    double y = place(py, s / FINE);
                    double u = (cos * (x - dx) + sin * (y - dy)) * stretch;
                    double v = (cos * (y - dy) - sin * (x - dx)) / stretch;
                    boolean inside = area != null && area.has(u, v);
                    (inside ? filling : ground).add(x, y, sum);
                }
                double shade = (1 + light * place(px, 0)) / (FINE * FINE);
                for (int c = 0; c < 3; c++) {
                    double value = shade * sum[c] + 6 * (dice.nextDouble() - 0.5);
                    values[(py * SIDE + px) * 3 + c] =
                            (byte) Math.max(0, Math.min(255, Math.round(value)));
                }
            }
        }
        return new Picture(SIDE, SIDE, 3, values);
    }

    private static double place(int pixel, int fine) {
        return (pixel + (fine + 0.5) / FINE) / SIDE * 2 - 1;
    }

    private static double between(SplittableRandom dice, double low, double high) {
        return low + (high - low) * dice.nextDouble();
    }

    /** Two colours, woven. */
    private static final class Surface {
        private final Weave weave;
        private final Noise noise;
        private final double cos;
        private final double sin;
        private final double dx;
        private final double dy;
        private final double[] first;
        private final double[] second;

        /**
         * @param contrast of the two colours, 0 for a plain surface
         */
        Surface(SplittableRandom dice, Weave weave, double contrast) {
            this(
                    weave,
                    new Noise(dice.nextLong()),
                    between(dice, 1.5, 5),
                    between(dice, 0, 2 * Math.PI),
                    new double[] {between(dice, -9, 9), between(dice, -9, 9)},
                    colour(dice),
                    colour(dice),
                    contrast);
        }

        private Surface(
                Weave weave,
                Noise noise,
                double fine,
                double angle,
                double[] at,
                double[] first,
                double[] other,
                double contrast) {
            this.weave = weave;
            this.noise = noise;
            this.cos = fine * Math.cos(angle);
            this.sin = fine * Math.sin(angle);
            this.dx = at[0];
            this.dy = at[1];
            this.first = first;
            double[] apart =
                    Math.abs(brightness(first) - brightness(other)) < 60
                            ? far(other, first)
                            : other;
            this.second = mixed(first, apart, contrast);
        }

        private Surface(Surface like, double[] first, double[] second) {
            this.weave = like.weave;
            this.noise = like.noise;
            this.cos = like.cos;
            this.sin = like.sin;
            this.dx = like.dx;
            this.dy = like.dy;
            this.first = first;
            this.second = second;
        }

        /** The same, lighter or darker where another could not be told from it. */
        Surface apart(Surface other) {
            double here = brightness(mixed(first, second, 0.5));
            double there = brightness(mixed(other.first, other.second, 0.5));
            if (Math.abs(here - there) > 55) return this;
            double[] end = there > 128 ? new double[3] : new double[] {255, 255, 255};
            return new Surface(this, mixed(first, end, 0.6), mixed(second, end, 0.6));
        }

        void add(double x, double y, double[] sum) {
            double share = weave.at(cos * x + sin * y + dx, cos * y - sin * x + dy, noise);
            for (int c = 0; c < 3; c++) sum[c] += first[c] + share * (second[c] - first[c]);
        }

        private static double[] colour(SplittableRandom dice) {
            Color rgb =
                    Color.getHSBColor(
                            (float) dice.nextDouble(),
                            (float) Math.pow(dice.nextDouble(), 1.5),
                            (float) between(dice, 0.1, 1));
            return new double[] {rgb.getRed(), rgb.getGreen(), rgb.getBlue()};
        }

        private static double[] far(double[] colour, double[] from) {
            double end = brightness(from) > 128 ? 0 : 255;
            return mixed(colour, new double[] {end, end, end}, 0.7);
        }

        private static double[] mixed(double[] a, double[] b, double share) {
            double[] mixed = new double[3];
            for (int c = 0; c < 3; c++) mixed[c] = a[c] + share * (b[c] - a[c]);
            return mixed;
        }

        private static double brightness(double... rgb) {
            return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
        }
    }
}
