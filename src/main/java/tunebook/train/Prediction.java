package tunebook.train;

import java.util.Map;

/**
 * A prediction.
 *
 * @param label the most probable class
 * @param probability of it, 0 … 1
 * @param probabilities of every class by name
 */
public record Prediction(String label, double probability, Map<String, Double> probabilities) {}
