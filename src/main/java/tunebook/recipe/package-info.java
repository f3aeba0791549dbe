/**
 * Recipes: what learns, which adapters, at which rates. Data only; one file a method; nothing here
 * trains.
 *
 * <p>A {@link tunebook.recipe.Method} says what is special about a way to fine-tune; {@link
 * tunebook.recipe.Settings} say how long and how fast, and are the same for all. Every method is
 * itself a recipe with default settings, so {@code lora(8).alpha(16).learningRate(1e-3)} reads from
 * the special to the general. {@link tunebook.recipe.Tuning} lays a recipe over a backbone and
 * finds, by counting, which weights that adds and which it trains. (This package may use {@code
 * cost} for that.)
 */
package tunebook.recipe;
