package tunebook.task;

/** Logits of yes-or-no answers. */
public final class Sigmoid {
    private Sigmoid() {}

    /** The probability of yes, 1 / (1 + e^−x). */
    public static double of(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** Whether the answer is yes: where its probability is ½ or more. */
    public static boolean chosen(double logit) {
        return logit >= 0;
    }

    /** −log of the right answer's probability, in nats. */
    static double loss(double logit, boolean truth) {
        double towards = truth ? logit : -logit;
        return Math.max(-towards, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    }
}
