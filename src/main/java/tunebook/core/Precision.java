package tunebook.core;

/** What an engine computes in. */
public enum Precision {
    /** 32 bits: what training runs in. */
    FLOAT,
    /** 64 bits: what exact checks run in. */
    DOUBLE,
    /**
     * 32 bits, but products and attention are computed in bfloat16: of NVIDIA cards many times as
     * fast. Weights, their moments and what is added up stay 32 bits.
     *
     * @see <a href="https://arxiv.org/abs/1905.12322">Kalamkar et al. 2019</a>
     */
    BFLOAT16
}
