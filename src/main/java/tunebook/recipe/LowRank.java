package tunebook.recipe;

import java.util.List;

/**
 * A product B·A.
 *
 * @param down A, [rank, in]
 * @param up B, [out, rank]
 */
record LowRank(double[][] down, double[][] up) {
    int rank() {
        return down.length;
    }

    int in() {
        return down[0].length;
    }

    int out() {
        return up.length;
    }

    /** The product times a factor, which goes into B. */
    LowRank times(double factor) {
        double[][] scaled = new double[out()][rank()];
        for (int o = 0; o < out(); o++)
            for (int r = 0; r < rank(); r++) scaled[o][r] = factor * up[o][r];
        return new LowRank(down, scaled);
    }

    /**
     * The sum of products as one: the A's one below the other, the B's side by side. No matrix has
     * a higher rank than its smaller side; where the ranks add up to more, that side's identity is
     * one factor and the sum itself the other.
     */
    static LowRank sum(List<LowRank> parts) {
        double[][] down =
                parts.stream().flatMap(p -> List.of(p.down()).stream()).toArray(double[][]::new);
        double[][] up = new double[parts.get(0).out()][down.length];
        int at = 0;
        for (LowRank part : parts) {
            for (int o = 0; o < up.length; o++)
                System.arraycopy(part.up()[o], 0, up[o], at, part.rank());
            at += part.rank();
        }
        return new LowRank(down, up).narrowed();
    }

    private LowRank narrowed() {
        if (rank() <= Math.min(in(), out())) return this;
        return in() <= out()
                ? new LowRank(identity(in()), product())
                : new LowRank(product(), identity(out()));
    }

    private double[][] product() {
        double[][] product = new double[out()][in()];
        for (int o = 0; o < out(); o++)
            for (int r = 0; r < rank(); r++)
                for (int i = 0; i < in(); i++) product[o][i] += up[o][r] * down[r][i];
        return product;
    }

    private static double[][] identity(int n) {
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) identity[i][i] = 1;
        return identity;
    }
}
