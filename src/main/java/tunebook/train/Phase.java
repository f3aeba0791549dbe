package tunebook.train;

/** What a run spends its seconds on. */
public enum Phase {
    /**
     * Rows below the cut: computing them, waiting for another run that does, copying them into
     * batches.
     */
    PREFIX("prefix"),
    /** From batches to losses, above the cut. */
    FORWARD("forward"),
    /** From losses to gradients. */
    BACKWARD("backward"),
    /** The gradients' norm, clipping, AdamW. */
    OPTIMIZER("optimizer"),
    /** Answers to the validation examples after each epoch, above the cut. */
    EVALUATE("evaluate"),
    /** Everything else: making batches, keeping the best weights, telling who watches. */
    REST("rest");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    /** What it is called in a table. */
    public String words() {
        return words;
    }
}
