/**
 * The seam every model is written against, and what travels across it: operations, sites, weights,
 * batches, engines.
 *
 * <p>This package imports nothing of the project. Interpreters ({@code nd4j}, {@code cost})
 * implement {@link tunebook.core.Ops}; models and fine-tuning methods only call it.
 *
 * <p>Two decisions that shape the rest:
 *
 * <ul>
 *   <li>A {@link tunebook.core.Weight} knows its shape and its initial distribution. So whatever a
 *       recipe adds (a head, a low-rank pair, a soft prompt) is found by running the recipe once on
 *       the counting interpreter, and is drawn from what it declares: nothing has to be registered
 *       twice.
 *   <li>A computation is a {@link tunebook.core.Program}, a generic method, so that trainers and
 *       engines never see an interpreter's value type.
 * </ul>
 */
package tunebook.core;
