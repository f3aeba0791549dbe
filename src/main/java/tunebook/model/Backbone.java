package tunebook.model;

import java.util.Map;
import java.util.TreeMap;
import tunebook.core.Decorator;
import tunebook.core.Names;
import tunebook.core.Site;
import tunebook.core.Tensor;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.cost.Counter;

/**
 * A pre-trained model: architecture, weights, tokenizer.
 *
 * @param name what people call it
 * @param model architecture
 * @param weights as in its file; heads may be among them
 * @param tokenizer that it was trained with, or null for tests without text
 */
public record Backbone(String name, Model model, Weights weights, Tokenizer tokenizer) {
    /**
     * Checks that every weight of the embedding and the blocks is there in its shape.
     *
     * @throws TunebookException naming the weight, both shapes or the nearest name
     */
    public Backbone {
        for (Weight weight : scan(model).weights().values()) {
            if (!weights.has(weight.name())) {
                throw new TunebookException(
                        name,
                        "weight " + weight.name() + " " + weight.shape() + " is missing",
                        Names.nearest(weight.name(), weights.names())
                                .map(
                                        n ->
                                                "nearest in the file is "
                                                        + n
                                                        + "; take the weights that belong to config.json")
                                .orElse("take the weights that belong to config.json"));
            }
            Tensor tensor = weights.get(weight.name());
            if (!tensor.shape().equals(weight.shape())) {
                throw new TunebookException(
                        name,
                        "weight "
                                + weight.name()
                                + " is "
                                + tensor.shape()
                                + " where config.json makes it "
                                + weight.shape(),
                        "take the weights and the config.json of one model");
            }
        }
        weights = weights.outside();
    }

    /** An architecture with random weights, to train from scratch. */
    public static Backbone untrained(String name, Model model, long seed) {
        Map<String, Tensor> fresh = new TreeMap<>();
        scan(model)
                .weights()
                .forEach((n, weight) -> fresh.put(n, weight.draw(seed, Weights.none())));
        return new Backbone(name, model, Weights.of(fresh), null);
    }

    /** The same under another name. */
    public Backbone named(String name) {
        return new Backbone(name, model, weights, tokenizer);
    }

    /**
     * The same architecture with all weights of its embedding and blocks drawn anew: the control.
     */
    public Backbone untrained(long seed) {
        Map<String, Tensor> fresh = new TreeMap<>();
        scan(model).weights().forEach((n, weight) -> fresh.put(n, weight.draw(seed, weights)));
        return new Backbone(name + ", untrained", model, Weights.of(fresh), tokenizer);
    }

    /** Everything about it but its numbers. */
    public Outline outline() {
        return Outline.of(name, model, tokenizer, weights);
    }

    /** Sites of the embedding and the blocks by name, in the order of use. */
    public Map<String, Site> sites() {
        return outline().sites();
    }

    private static Counter scan(Model model) {
        return Counter.scan(
                new Programs(model, null, Decorator.NONE, 0).hidden(), model.example(), 0);
    }
}
