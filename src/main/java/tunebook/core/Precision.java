package tunebook.core;

/** What an engine computes in. */
public enum Precision {
    /** 32 bits: what training runs in. */
    FLOAT,
    /** 64 bits: what exact checks run in. */
    DOUBLE
}
