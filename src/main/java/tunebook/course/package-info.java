/**
 * What looks at the answers to the exercises of the lessons in {@code tutorials/}.
 *
 * <p>Three decisions:
 *
 * <ul>
 *   <li>An answer is a value of the library or a small function, never a figure: a check asks what
 *       the answer does and in which direction it goes, so that it holds on any machine and at any
 *       size of the experiment.
 *   <li>What is wrong gets a hint that says where to look, not what to write.
 *   <li>What is right is told its own figures and what follows from them, whichever way they went:
 *       nothing of it is written beforehand.
 * </ul>
 */
package tunebook.course;
