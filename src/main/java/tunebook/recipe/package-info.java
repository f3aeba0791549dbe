/**
 * Recipes: what learns, which adapters, at which rates. Data only; one file a method; nothing here
 * trains.
 *
 * <p>A {@link tunebook.recipe.Method} says what is special about a way to fine-tune; {@link
 * tunebook.recipe.Settings} say how long and how fast, and are the same for all. Every method is
 * itself a recipe with default settings, so {@code lora(8).alpha(16).learningRate(1e-3)} reads from
 * the special to the general. {@link tunebook.recipe.Plan} lays a recipe over a backbone's outline
 * and finds, by counting, which weights that adds and which it trains, before a number is there
 * (this package may use {@code cost} for that); {@link tunebook.recipe.Tuning} draws the numbers.
 * What was learned is an {@link tunebook.recipe.Adapter}.
 *
 * <p>PiSSA and OLoRA do not change the frozen weight that all runs share: a second, constant pair
 * of matrices takes their start off the product. This costs a little arithmetic, makes step 0 the
 * base model to the bit, and lets one copy of the backbone serve every recipe of a study.
 */
package tunebook.recipe;
