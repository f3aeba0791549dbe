package tunebook.stats;

/** A figure of quality. */
public enum Metric {
    /** Share of right predictions. */
    ACCURACY("accuracy", Scale.SHARE, true),
    /** Mean F1 over the classes. */
    MACRO_F1("macro-F1", Scale.SHARE, true),
    /**
     * Probability that an example of the second class is ranked above one of the first, equals
     * counting half: the area under the receiver's operating characteristic. Hanley and McNeil
     * 1982.
     */
    ROC_AUC("ROC-AUC", Scale.SHARE, true),
    /** F1 over all labels of all examples together. */
    MICRO_F1("micro-F1", Scale.SHARE, true),
    /** Share of examples whose whole answer is right. */
    EXACT_MATCH("exact match", Scale.SHARE, true),
    /** F1 of whole entities, kind and both ends right. Sang and De Meulder 2003. */
    ENTITY_F1("entity F1", Scale.SHARE, true),
    /** Share of the predicted entities that are right. */
    ENTITY_PRECISION("precision", Scale.SHARE, true),
    /** Share of the true entities that were found. */
    ENTITY_RECALL("recall", Scale.SHARE, true),
    /** Mean over the questions of the F1 of the answer's words. Rajpurkar et al. 2016. */
    ANSWER_F1("answer F1", Scale.SHARE, true),
    /** Mean of |prediction − truth|, in the truth's unit. */
    MAE("absolute error", Scale.AMOUNT, false),
    /** √ of the mean of (prediction − truth)², in the truth's unit. */
    RMSE("root mean squared error", Scale.AMOUNT, false),
    /** Pearson's correlation of predictions and truths. */
    PEARSON("correlation", Scale.CORRELATION, true),
    /** Mean of −log probability of each next token, in nats. */
    TOKEN_LOSS("nats a token", Scale.AMOUNT, false),
    /** e to the power of the mean loss of a token. */
    PERPLEXITY("perplexity", Scale.AMOUNT, false),
    /** Mean loss on what the backbone could do before it was tuned, in nats. */
    SOURCE_LOSS("nats on the source", Scale.AMOUNT, false);

    /** What values a metric can have. */
    public enum Scale {
        /** 0 … 1, shown as per cent. */
        SHARE,
        /** −1 … 1. */
        CORRELATION,
        /** 0 and more, in a unit of its own. */
        AMOUNT
    }

    private final String words;
    private final Scale scale;
    private final boolean higherIsBetter;

    Metric(String words, Scale scale, boolean higherIsBetter) {
        this.words = words;
        this.scale = scale;
        this.higherIsBetter = higherIsBetter;
    }

    /** What tables and charts call it. */
    public String words() {
        return words;
    }

    /** What values it can have. */
    public Scale scale() {
        return scale;
    }

    /** Whether it is shown as per cent. */
    public boolean share() {
        return scale == Scale.SHARE;
    }

    /** Whether a higher value is the better one. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /**
     * Above zero where {@code a} is better than {@code b}, below where it is worse; NaN is worst.
     */
    public int compare(double a, double b) {
        if (Double.isNaN(a) || Double.isNaN(b))
            return Boolean.compare(Double.isNaN(b), Double.isNaN(a));
        return higherIsBetter ? Double.compare(a, b) : Double.compare(b, a);
    }

    /** An interval without what lies beyond the possible. */
    public Interval within(Interval interval) {
        return switch (scale) {
            case SHARE -> interval.within(0, 1);
            case CORRELATION -> interval.within(-1, 1);
            case AMOUNT -> interval.within(0, Double.POSITIVE_INFINITY);
        };
    }
}
