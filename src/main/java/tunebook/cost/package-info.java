/**
 * The counting interpreter: what a program touches and costs, from shapes alone, before anything is
 * allocated.
 *
 * <p>It stands just above {@code core} because it is also how everything else learns what a model
 * consists of: sites for a recipe's globs, weights that a head or an adapter adds. One way to find
 * out, for every model and method.
 */
package tunebook.cost;
