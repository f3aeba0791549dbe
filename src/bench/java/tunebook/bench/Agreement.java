package tunebook.bench;

import tunebook.bench.work.Report;

/** Whether two sides learned the same, or said the same. */
final class Agreement {
    private Agreement() {}

    /**
     * What is wrong between the reports of one unit, or nothing.
     *
     * @param tolerance of every loss, absolute for losses up to 1 and relative to the peer's above;
     *     0 where they have to be equal, infinite where nothing is compared
     */
    static String between(Report ours, Report peer, double tolerance) {
        if (tolerance == Double.POSITIVE_INFINITY) return "";
        double[] a = ours.losses();
        double[] b = peer.losses();
        if (a.length == 0 || a.length != b.length)
            return "losses: " + a.length + " here, " + b.length + " there";
        for (int i = 0; i < a.length; i++) {
            // written so that NaN differs
            if (!(Math.abs(a[i] - b[i]) <= tolerance * Math.max(1, Math.abs(b[i]))))
                return "loss " + i + ": " + a[i] + " here, " + b[i] + " there";
        }
        return "";
    }
}
