/**
 * Finished studies for the trackers that people have already: TensorBoard's event files and an
 * MLflow server.
 *
 * <p>What was decided:
 *
 * <ul>
 *   <li>A study knows no tracker: {@link tunebook.study.Result#sendTo} takes a function, as {@code
 *       plot} does, and the function lives here.
 *   <li>Both are told the same values under the same names ({@code loss/train}, {@code
 *       loss/validation}, {@code validation/accuracy}, {@code test/accuracy}), and only what was
 *       measured: a missing value is left out, not zero.
 *   <li>A store keeps no time of day for a step, so none is invented: every event, metric and run
 *       has the time of sending. How long a run took is a metric, in seconds.
 *   <li>What is known by its recipe, seed, key, ending and steps is sent once. An interrupted run
 *       that went on is sent again.
 *   <li>Event files are written by hand: seven fields of three messages. The messages' classes on
 *       Maven Central are those of TensorFlow 1.15, of 2019, and those inside TensorFlow for Java,
 *       which bring its native bindings along.
 *   <li>MLflow is spoken to by its own client, 8.6 MB, which has all its libraries inside under
 *       names of their own and reads its users and tokens where MLflow's users keep them.
 * </ul>
 */
package tunebook.track;
