/**
 * Architectures and heads, written once against {@link tunebook.core.Ops}. Weights keep the names
 * of the files they come from. Models know nothing of fine-tuning methods, tasks or training.
 */
package tunebook.model;
