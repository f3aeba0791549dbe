/**
 * Training: one trainer for every recipe, model and task; pre-training of the embedded backbones;
 * backbones as folders.
 *
 * <p>A backbone's folder is read here and not in {@code data} or {@code model}, because it takes
 * both: files from one, architectures from the other.
 */
package tunebook.train;
