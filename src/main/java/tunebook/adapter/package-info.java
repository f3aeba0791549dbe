/**
 * What was learned, apart from the backbone: folded into its weights, taken out again, several on
 * one backbone, and files that PEFT reads and writes. The values themselves are a {@link
 * tunebook.recipe.Adapter}.
 */
package tunebook.adapter;
