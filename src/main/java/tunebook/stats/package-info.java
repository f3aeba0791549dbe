/**
 * Statistics of a comparison: metrics of one run, intervals over seeds, paired tests over seeds and
 * examples, and the correction for many of them.
 *
 * <p>Everything is a pure function of numbers. What draws at random takes a seed, so the same runs
 * always give the same verdict.
 */
package tunebook.stats;
