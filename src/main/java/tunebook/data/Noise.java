package tunebook.data;

/** A smooth surface of chance in the plane, the same for the same seed. */
final class Noise {
    private final long seed;

    Noise(long seed) {
        this.seed = seed;
    }

    /** From 0 to 1; hills are about one unit wide. */
    double at(double x, double y) {
        long left = (long) Math.floor(x);
        long top = (long) Math.floor(y);
        double u = smooth(x - left);
        double v = smooth(y - top);
        double upper = corner(left, top) * (1 - u) + corner(left + 1, top) * u;
        double lower = corner(left, top + 1) * (1 - u) + corner(left + 1, top + 1) * u;
        return upper * (1 - v) + lower * v;
    }

    /** The same with finer hills upon it. */
    double rough(double x, double y) {
        return (4 * at(x, y) + 2 * at(2 * x + 7, 2 * y) + at(4 * x, 4 * y + 13)) / 7;
    }

    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }

    /** Stafford's mixing of 64 bits. */
    private double corner(long x, long y) {
        long z = seed ^ (x * 0x9E3779B97F4A7C15L) ^ (y * 0xC2B2AE3D27D4EB4FL);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }
}
