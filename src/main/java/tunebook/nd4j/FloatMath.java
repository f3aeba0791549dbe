package tunebook.nd4j;

/**
 * Functions over a block of floats, written so that the JIT turns each loop into vector
 * instructions: maximum, minimum, products, sums and one division, no branches, no calls.
 */
final class FloatMath {
    /** Below this e^x is taken as e^-87, the smallest normal magnitude a float holds. */
    private static final float LOWEST = -87f;

    private FloatMath() {}

    /**
     * e^x in place for x ≤ 0, within 2e-5 of the exact value relatively: a polynomial at x/128,
     * squared seven times. What is below −87 gives e^-87.
     */
    static void exp(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            float t = Math.max(LOWEST, x[i]) * (1f / 128);
            float e =
                    1f
                            + t
                                    * (1f
                                            + t
                                                    * (0.5f
                                                            + t
                                                                    * (1f / 6
                                                                            + t
                                                                                    * (1f / 24
                                                                                            + t
                                                                                                    * (1f
                                                                                                                    / 120
                                                                                                            + t
                                                                                                                    * (1f
                                                                                                                            / 720))))));
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            x[i] = e * e;
        }
    }

    /**
     * Φ(x) of the standard normal distribution, within 3e-7 absolutely: a rational approximation of
     * erf(x/√2).
     */
    static void normalDistribution(float[] x, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            float t = Math.max(-4f, Math.min(4f, x[i] * 0.70710678f));
            float s = t * t;
            float p =
                    -1.60960333262415e-02f
                            + s
                                    * (-2.95459980854025e-03f
                                            + s
                                                    * (-7.34990630326855e-04f
                                                            + s
                                                                    * (-5.69250639462346e-05f
                                                                            + s
                                                                                    * (-2.10102402082508e-06f
                                                                                            + s
                                                                                                    * (2.77068142495902e-08f
                                                                                                            + s
                                                                                                                    * -2.72614225801306e-10f)))));
            float q =
                    -1.42647390514189e-02f
                            + s
                                    * (-7.37332916720468e-03f
                                            + s
                                                    * (-1.68282697438203e-03f
                                                            + s
                                                                    * (-2.13374055278905e-04f
                                                                            + s
                                                                                    * -1.45660718464996e-05f)));
            out[i] = 0.5f + 0.5f * (t * p / q);
        }
    }

    /** The sum of a block in an order that does not change. */
    static double sum(float[] x, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) sum += x[i];
        return sum;
    }

    /** Σ a·b in eight partial sums, an order that does not change. */
    static float dot(float[] a, float[] b, int n) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < n; i++) s0 += a[i] * b[i];
        return (s0 + s1) + (s2 + s3);
    }
}
