package tunebook.data;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What {@link Drawings} are drawn with, and on. */
enum Medium {
    /** Thin dark ink on tinted paper, ruled now and then. */
    PEN {
        @Override
        void ground(Graphics2D g, Random dice) {
            int[] paper = PAPERS[dice.nextInt(PAPERS.length)];
            g.setColor(near(paper, 8, dice));
            g.fillRect(0, 0, SIDE, SIDE);
            double kind = dice.nextDouble();
            if (kind > 0.35) return;
            g.setColor(near(new int[] {150, 175, 215}, 20, dice));
            g.setStroke(new BasicStroke(2));
            int gap = 18 + dice.nextInt(10);
            for (int at = dice.nextInt(gap); at < SIDE; at += gap) {
                g.drawLine(0, at, SIDE, at);
                if (kind < 0.12) g.drawLine(at, 0, at, SIDE);
            }
        }

        @Override
        void lines(Graphics2D g, List<double[]> lines, Random dice) {
            int[] ink = INKS[dice.nextInt(INKS.length)];
            Color colour = near(ink, 12, dice);
            int opaque = 205 + dice.nextInt(50);
            g.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), opaque));
            float width = 3.5f + 3 * dice.nextFloat();
            g.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            for (double[] line : lines) {
                Path2D path = new Path2D.Double();
                path.moveTo(pixel(line[0]), pixel(line[1]));
                for (int i = 2; i < line.length; i += 2)
                    path.lineTo(pixel(line[i]), pixel(line[i + 1]));
                g.draw(path);
            }
        }
    },
    /** Wide light chalk, broken by the grain of a board that was wiped before. */
    CHALK {
        @Override
        void ground(Graphics2D g, Random dice) {
            g.setColor(near(BOARDS[dice.nextInt(BOARDS.length)], 8, dice));
            g.fillRect(0, 0, SIDE, SIDE);
            int smudges = 2 + dice.nextInt(4);
            for (int i = 0; i < smudges; i++) {
                Point2D middle =
                        new Point2D.Double(dice.nextDouble() * SIDE, dice.nextDouble() * SIDE);
                float radius = 20 + 45 * dice.nextFloat();
                Color dust = new Color(215, 220, 215, 25 + dice.nextInt(50));
                Color none = new Color(215, 220, 215, 0);
                g.setPaint(
                        new RadialGradientPaint(
                                middle, radius, new float[] {0, 1}, new Color[] {dust, none}));
                g.fillRect(0, 0, SIDE, SIDE);
            }
            g.setStroke(new BasicStroke(10 + 14 * dice.nextFloat()));
            g.setColor(new Color(220, 225, 220, 10 + dice.nextInt(16)));
            for (int i = dice.nextInt(3); i > 0; i--) {
                int y = dice.nextInt(SIDE);
                g.drawLine(0, y, SIDE, y + dice.nextInt(60) - 30);
            }
        }

        /** Dust, thrown at each point of a line within the width of the chalk. */
        @Override
        void lines(Graphics2D g, List<double[]> lines, Random dice) {
            int[] chalk = CHALKS[dice.nextInt(CHALKS.length)];
            double radius = 3.8 + 2.2 * dice.nextDouble();
            int grains = 10 + dice.nextInt(8);
            for (double[] line : lines) {
                for (int i = 0; i + 3 < line.length; i += 2) {
                    double x = pixel(line[i]);
                    double y = pixel(line[i + 1]);
                    double dx = pixel(line[i + 2]) - x;
                    double dy = pixel(line[i + 3]) - y;
                    int steps = (int) Math.ceil(Math.hypot(dx, dy));
                    for (int s = 0; s < steps * grains; s++) {
                        double t = dice.nextDouble();
                        double away = radius * Math.sqrt(dice.nextDouble());
                        double angle = 2 * Math.PI * dice.nextDouble();
                        g.setColor(new Color(chalk[0], chalk[1], chalk[2], 40 + dice.nextInt(90)));
                        g.fillRect(
                                (int) Math.floor(x + t * dx + away * Math.cos(angle)),
                                (int) Math.floor(y + t * dy + away * Math.sin(angle)),
                                1,
                                1);
                    }
                }
            }
        }
    };

    /** Height and width of a drawing, in pixels. */
    static final int SIZE = 32;

    private static final int SIDE = 4 * SIZE;
    private static final int[][] PAPERS = {
        {250, 249, 244},
        {246, 238, 216},
        {236, 241, 248},
        {248, 234, 232},
        {235, 243, 228},
        {228, 226, 222}
    };
    private static final int[][] INKS = {
        {25, 25, 30}, {25, 25, 30}, {30, 50, 130}, {30, 50, 130}, {140, 30, 35}, {25, 85, 50}
    };
    private static final int[][] BOARDS = {{38, 62, 50}, {34, 36, 38}, {48, 56, 66}, {58, 48, 44}};
    private static final int[][] CHALKS = {
        {245, 245, 240},
        {245, 245, 240},
        {245, 245, 240},
        {245, 225, 130},
        {240, 175, 190},
        {160, 205, 240}
    };

    /** What its drawings are called. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What lies under the lines. */
    abstract void ground(Graphics2D g, Random dice);

    /** The lines, the square's middle at 0. */
    abstract void lines(Graphics2D g, List<double[]> lines, Random dice);

    private static double pixel(double coordinate) {
        return (coordinate + 1) / 2 * SIDE;
    }

    private static Color near(int[] colour, int spread, Random dice) {
        int[] c = new int[3];
        for (int i = 0; i < 3; i++)
            c[i] = clamped(colour[i] + dice.nextInt(2 * spread + 1) - spread);
        return new Color(c[0], c[1], c[2]);
    }

    private static int clamped(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }

    /** A finished drawing: drawn four times as large, in uneven light, with grain, and shrunk. */
    Picture picture(Sketch sketch, Random dice) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        ground(g, dice);
        lines(g, sketch.lines(), dice);
        g.dispose();
        double slope = 24 * dice.nextGaussian();
        double angle = 2 * Math.PI * dice.nextDouble();
        double grain = 10 + 14 * dice.nextDouble();
        byte[] values = new byte[3 * SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double along = (x * Math.cos(angle) + y * Math.sin(angle)) / SIDE - 0.5;
                double light = slope * along + grain * dice.nextGaussian();
                int rgb = image.getRGB(x, y);
                for (int c = 0; c < 3; c++)
                    values[(y * SIDE + x) * 3 + c] =
                            (byte) clamped((rgb >> (16 - 8 * c) & 0xff) + light);
            }
        }
        return new Picture(SIDE, SIDE, 3, values).resize(SIZE, SIZE);
    }
}
