package tunebook.bench;

import tunebook.bench.work.Report;

/**
 * Whether two sides learned the same: every loss of every unit within 1e-3, absolute for losses up
 * to 1 and relative to the peer's above.
 */
final class Agreement {
    static final double TOLERANCE = 1e-3;

    private Agreement() {}

    /** What is wrong between the reports of one unit, or nothing. */
    static String between(Report ours, Report peer) {
        double[] a = ours.losses();
        double[] b = peer.losses();
        if (a.length == 0 || a.length != b.length)
            return "losses: " + a.length + " here, " + b.length + " there";
        for (int i = 0; i < a.length; i++) {
            // written so that NaN differs
            if (!(Math.abs(a[i] - b[i]) <= TOLERANCE * Math.max(1, Math.abs(b[i]))))
                return "loss " + i + ": " + a[i] + " here, " + b[i] + " there";
        }
        return "";
    }
}
