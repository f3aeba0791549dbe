/**
 * Studies: what a run left behind, where finished runs are kept, and which recipe is really better.
 *
 * <p>Two decisions that shape the rest:
 *
 * <ul>
 *   <li>A {@link tunebook.study.RunResult} keeps every test example's prediction. So any comparison
 *       can be made again later, paired by example, without training anything.
 *   <li>Results are Tablesaw tables here already (not only in {@code view}), because a table of
 *       numbers is what a person asks a comparison or a run store for.
 * </ul>
 */
package tunebook.study;
