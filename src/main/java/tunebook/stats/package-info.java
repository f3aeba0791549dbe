/**
 * Statistics of a comparison: metrics of one run, intervals over seeds, paired tests over seeds and
 * examples, and the correction for many of them.
 *
 * <p>Everything is a pure function of numbers. What draws at random takes a seed, so the same runs
 * always give the same verdict.
 *
 * <p>Metrics are few lines each and computed here, from plain arrays, so that this package needs no
 * tensors. ND4J's own evaluation classes serve as the oracle in the tests, where both have to
 * agree.
 */
package tunebook.stats;
