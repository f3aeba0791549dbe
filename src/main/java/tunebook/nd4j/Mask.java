package tunebook.nd4j;

/**
 * Which elements dropout keeps: a hash of key and position, so that nothing need be stored, any
 * stretch can be asked for by itself, and threads do not matter.
 *
 * @param key one for each dropout of each step
 * @param rate share that is dropped, 0 ≤ rate &lt; 1
 */
record Mask(long key, double rate) {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    /**
     * Writes n factors from position {@code at}, a multiple of 4, on: 0 with the rate rounded to
     * 1/65536, else 1/(1 − rate).
     */
    void factors(int at, float[] out, int n) {
        int dropped = (int) Math.round(rate * (1 << 16));
        float[] choice = {(float) (1 / (1 - rate)), 0};
        for (int i = 0; i < n; i += 4) {
            // a 64-bit finalizer: every bit of the position moves every bit of the result
            long h = key + (at + i) * STEP;
            h = (h ^ h >>> 30) * 0xBF58476D1CE4E5B9L;
            h = (h ^ h >>> 27) * 0x94D049BB133111EBL;
            h ^= h >>> 31;
            int end = Math.min(4, n - i);
            for (int j = 0; j < end; j++)
                out[i + j] = choice[((int) ((h >>> (16 * j)) & 0xFFFF) - dropped) >>> 31];
        }
    }
}
