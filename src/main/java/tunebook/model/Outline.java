package tunebook.model;

import java.util.LinkedHashMap;
import java.util.Map;
import tunebook.core.Decorator;
import tunebook.core.Shape;
import tunebook.core.Site;
import tunebook.core.Tokenizer;
import tunebook.core.Weights;
import tunebook.cost.Counter;

/**
 * A backbone without its numbers: enough to plan a recipe on it.
 *
 * @param name what people call it
 * @param model architecture
 * @param tokenizer that it was trained with, or null for plans without text
 * @param given shapes of the weights that it comes with, by name
 */
public record Outline(String name, Model model, Tokenizer tokenizer, Map<String, Shape> given) {
    /**
     * The outline of an architecture that comes with its embedding, its blocks and the heads' inner
     * weights.
     */
    public static Outline of(String name, Model model) {
        Map<String, Shape> given = new LinkedHashMap<>();
        Head head = model.classifier(2);
        Counter.scan(new Programs(model, head, Decorator.NONE, 0).logits(), model.example(), 0)
                .weights()
                .forEach(
                        (weight, w) -> {
                            if (!weight.startsWith(head.last() + ".")) given.put(weight, w.shape());
                        });
        return new Outline(name, model, null, given);
    }

    /** The outline of something that has these weights. */
    static Outline of(String name, Model model, Tokenizer tokenizer, Weights weights) {
        Map<String, Shape> given = new LinkedHashMap<>();
        weights.names().forEach(weight -> given.put(weight, weights.get(weight).shape()));
        return new Outline(name, model, tokenizer, given);
    }

    /** Name of the word table's site; empty where no text is read. */
    public String words() {
        return model.reads().map(TextInput::words).orElse("");
    }

    /** Sites of the embedding and the blocks by name, in the order of use. */
    public Map<String, Site> sites() {
        return Counter.scan(
                        new Programs(model, null, Decorator.NONE, 0).hidden(), model.example(), 0)
                .sites();
    }
}
