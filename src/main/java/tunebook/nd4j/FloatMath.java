package tunebook.nd4j;

/**
 * Functions over a block of floats, written so that the JIT turns each loop into vector
 * instructions: maximum, minimum, products, sums and one division, no branches, no calls.
 */
final class FloatMath {
    /** Below this e^x is taken as e^-87, the smallest normal magnitude a float holds. */
    private static final float LOWEST = -87f;

    /** Coefficients of erf(t) ≈ t·P(t²)/Q(t²) for |t| ≤ 4. */
    private static final float P0 = -1.6096033e-02f;

    private static final float P1 = -2.954600e-03f;
    private static final float P2 = -7.3499064e-04f;
    private static final float P3 = -5.6925062e-05f;
    private static final float P4 = -2.101024e-06f;
    private static final float P5 = 2.7706815e-08f;
    private static final float P6 = -2.7261424e-10f;
    private static final float Q0 = -1.4264739e-02f;
    private static final float Q1 = -7.3733293e-03f;
    private static final float Q2 = -1.682827e-03f;
    private static final float Q3 = -2.1337405e-04f;
    private static final float Q4 = -1.45660715e-05f;

    /** √(2/π) of the curve of GPT-2's GELU. */
    static final float ROOT = 0.7978846f;

    /** Its cubic coefficient. */
    static final float CUBE = 0.044715f;

    private FloatMath() {}

    /**
     * e^x in place for x ≤ 0: a polynomial at x/128, squared seven times. Within 3e-5 of the exact
     * value relatively down to −40, within 4e-3 from there to −87; what is below gives e^-87.
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
            float t = Math.max(-4f, Math.min(4f, x[i] * 0.70710677f));
            float s = t * t;
            float p = P6;
            p = p * s + P5;
            p = p * s + P4;
            p = p * s + P3;
            p = p * s + P2;
            p = p * s + P1;
            p = p * s + P0;
            float q = Q4;
            q = q * s + Q3;
            q = q * s + Q2;
            q = q * s + Q1;
            q = q * s + Q0;
            out[i] = 0.5f + 0.5f * (t * p / q);
        }
    }

    /** tanh(√(2/π)·(x + 0.044715·x³)) by e^(−2|u|), within 1e-5 absolutely. */
    static void geluCurve(float[] x, float[] out, int n) {
        for (int i = 0; i < n; i++) out[i] = -2 * Math.abs(ROOT * x[i] * (1 + CUBE * x[i] * x[i]));
        exp(out, n);
        for (int i = 0; i < n; i++) out[i] = Math.copySign((1 - out[i]) / (1 + out[i]), x[i]);
    }

    /** The sum of a block in four partial sums, an order that does not change. */
    static double sum(float[] x, int n) {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
        }
        for (; i < n; i++) s0 += x[i];
        return (s0 + s1) + (s2 + s3);
    }

    /** Σ a·b in four partial sums, an order that does not change. */
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
