package tunebook.data;

import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A drawing under way: lines of an unsteady hand in the square from −1 to 1, y downwards, held at
 * some angle, in some size and at some place.
 */
final class Sketch {
    private static final double STEP = 0.06;

    private final Random dice;
    private final AffineTransform pose = new AffineTransform();
    private final double shake;
    private final List<double[]> lines = new ArrayList<>();

    /** A sketch that the dice decide everything about. */
    Sketch(Random dice) {
        this.dice = dice;
        this.shake = between(0.006, 0.03);
        double size = between(0.6, 0.9);
        double slack = 0.95 - size;
        pose.translate(between(-slack, slack), between(-slack, slack));
        pose.rotate(Math.toRadians(12 * dice.nextGaussian()));
        double stretch = Math.exp(0.1 * dice.nextGaussian());
        pose.shear(between(-0.12, 0.12), 0);
        pose.scale(size * stretch * (chance(0.5) ? 1 : -1), size / stretch);
    }

    /** Turns what is drawn from now on. */
    void turn(double degrees) {
        pose.rotate(Math.toRadians(degrees));
    }

    /** Whether something that happens with this probability does. */
    boolean chance(double probability) {
        return dice.nextDouble() < probability;
    }

    /** A number from one to another. */
    double between(double low, double high) {
        return low + (high - low) * dice.nextDouble();
    }

    /** A whole number from one to another, both included. */
    int count(int least, int most) {
        return least + dice.nextInt(most - least + 1);
    }

    /** Straight lines through points x, y, x, y … */
    void line(double... points) {
        List<double[]> dense = new ArrayList<>();
        for (int i = 0; i + 3 < points.length; i += 2) {
            double dx = points[i + 2] - points[i];
            double dy = points[i + 3] - points[i + 1];
            int steps = steps(Math.hypot(dx, dy));
            for (int s = 0; s < steps; s++)
                dense.add(at(points[i] + dx * s / steps, points[i + 1] + dy * s / steps));
        }
        dense.add(at(points[points.length - 2], points[points.length - 1]));
        add(dense);
    }

    /** The same back to the first point. */
    void closed(double... points) {
        double[] back = Arrays.copyOf(points, points.length + 2);
        back[points.length] = points[0];
        back[points.length + 1] = points[1];
        line(back);
    }

    /** A smooth line through points x, y, x, y … (Catmull and Rom's). */
    void curve(double... points) {
        int n = points.length / 2;
        List<double[]> dense = new ArrayList<>();
        for (int i = 0; i + 1 < n; i++) {
            int before = Math.max(0, i - 1);
            int after = Math.min(n - 1, i + 2);
            double length =
                    Math.hypot(
                            points[2 * i + 2] - points[2 * i],
                            points[2 * i + 3] - points[2 * i + 1]);
            int steps = steps(length);
            for (int s = 0; s < steps; s++) {
                double t = (double) s / steps;
                double[] p = new double[2];
                for (int c = 0; c < 2; c++)
                    p[c] =
                            between(
                                    points[2 * before + c],
                                    points[2 * i + c],
                                    points[2 * i + 2 + c],
                                    points[2 * after + c],
                                    t);
                dense.add(p);
            }
        }
        dense.add(at(points[2 * n - 2], points[2 * n - 1]));
        add(dense);
    }

    private static double between(double a, double b, double c, double d, double t) {
        return 0.5
                * (2 * b
                        + (c - a) * t
                        + (2 * a - 5 * b + 4 * c - d) * t * t
                        + (3 * b - a - 3 * c + d) * t * t * t);
    }

    /** A part of an ellipse, from one angle to another: 0 is right, 90 is down. */
    void arc(double x, double y, double rx, double ry, double from, double to) {
        int steps = steps(Math.toRadians(Math.abs(to - from)) * Math.max(rx, ry));
        List<double[]> dense = new ArrayList<>();
        for (int s = 0; s <= steps; s++) {
            double angle = Math.toRadians(from + (to - from) * s / steps);
            dense.add(at(x + rx * Math.cos(angle), y + ry * Math.sin(angle)));
        }
        add(dense);
    }

    /** An ellipse whose ends do not quite meet, as hands draw it. */
    void oval(double x, double y, double rx, double ry) {
        double from = between(0, 360);
        arc(x, y, rx, ry, from, from + 360 + between(-12, 25));
    }

    /** A spot. */
    void dot(double x, double y, double radius) {
        for (double r = radius; r > 0; r -= 0.04) arc(x, y, r, r, 0, 360);
    }

    /** A slip of the hand, beside what was meant. */
    void slip() {
        double x = between(-0.9, 0.9);
        double y = between(-0.9, 0.9);
        curve(x, y, x + between(-0.2, 0.2), y + between(-0.2, 0.2), x + between(-0.4, 0.4), y);
    }

    private static int steps(double length) {
        return Math.max(2, (int) Math.ceil(length / STEP));
    }

    private static double[] at(double x, double y) {
        return new double[] {x, y};
    }

    /** Bends a line a little, each in its own way; now and then its end is missing. */
    private void add(List<double[]> dense) {
        double[] line = new double[2 * dense.size()];
        double[] phases = new double[6];
        for (int i = 0; i < phases.length; i++) phases[i] = between(0, 2 * Math.PI);
        double dx = shake * dice.nextGaussian();
        double dy = shake * dice.nextGaussian();
        for (int i = 0; i < dense.size(); i++) {
            double[] p = dense.get(i);
            double t = i * STEP;
            double bendX = Math.sin(5 * t + phases[0]) + 0.6 * Math.sin(13 * t + phases[1]);
            double bendY = Math.sin(5 * t + phases[2]) + 0.6 * Math.sin(13 * t + phases[3]);
            line[2 * i] = p[0] + dx + shake * bendX;
            line[2 * i + 1] = p[1] + dy + shake * bendY;
        }
        pose.transform(line, 0, line, 0, dense.size());
        int kept = dense.size() - (chance(0.08) ? (int) (dense.size() * between(0.1, 0.3)) : 0);
        lines.add(Arrays.copyOf(line, 2 * Math.max(2, kept)));
    }

    /** Every line as x, y, x, y …, the square's middle at 0. */
    List<double[]> lines() {
        return lines;
    }
}
