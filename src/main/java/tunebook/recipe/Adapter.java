package tunebook.recipe;

import java.util.ArrayList;
import java.util.List;
import tunebook.core.Names;
import tunebook.core.Scale;
import tunebook.core.Shape;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;

/**
 * What a run learned, apart from the backbone that it was learned on.
 *
 * @param name what people call it
 * @param recipe that learned it
 * @param head what it answers with
 * @param labels of the head's classes, in the order of the logits; empty where it has none
 * @param scale of the numbers that it answers with; {@link Scale#NONE} where answers are none
 * @param constants what the method added and never moved
 * @param weights what learned, the head's included
 */
public record Adapter(
        String name,
        Recipe recipe,
        HeadKind head,
        List<String> labels,
        Scale scale,
        Weights constants,
        Weights weights) {
    /** Keeps its own copy of the labels. */
    public Adapter {
        labels = List.copyOf(labels);
    }

    /** An adapter that answers with no numbers. */
    public Adapter(
            String name,
            Recipe recipe,
            HeadKind head,
            List<String> labels,
            Weights constants,
            Weights weights) {
        this(name, recipe, head, labels, Scale.NONE, constants, weights);
    }

    /**
     * Nothing learned: a backbone answers with its own head, as it came.
     *
     * @throws TunebookException if it has no such head
     */
    public static Adapter none(Backbone backbone, HeadKind head) {
        FeatureExtraction recipe = new FeatureExtraction();
        Tuning tuning = Tuning.of(recipe, backbone, head.of(backbone.model(), 0), 0);
        return new Adapter(
                backbone.name(), recipe, head, List.of(), Weights.none(), tuning.learning());
    }

    @Override
    public String toString() {
        return "adapter " + name + ", " + head + ": " + recipe.method().words();
    }

    /** The same under another name. */
    public Adapter named(String name) {
        return new Adapter(name, recipe, head, labels, scale, constants, weights);
    }

    /** The same with other names for the head's classes, in the order of the logits. */
    public Adapter labels(List<String> labels) {
        return new Adapter(name, recipe, head, labels, constants, weights);
    }

    /**
     * Lays it over a backbone again.
     *
     * @throws TunebookException if a weight is missing, has another shape, or belongs nowhere
     */
    public Tuning on(Backbone backbone) {
        Plan plan = Plan.of(recipe, backbone.outline(), head.of(backbone.model(), labels.size()));
        String where = "adapter " + name + " on " + backbone.name();
        List<Weight> wanted = new ArrayList<>(plan.learning());
        fit(where, plan.learning(), weights);
        fit(where, plan.constants(), constants);
        weights.names().stream()
                .filter(n -> wanted.stream().noneMatch(w -> w.name().equals(n)))
                .findFirst()
                .ifPresent(
                        n -> {
                            throw new TunebookException(
                                    where,
                                    n + " belongs nowhere in " + recipe.name(),
                                    nearest(n, wanted)
                                            + "take the adapter and the configuration of one run");
                        });
        return new Tuning(plan, backbone, constants, weights);
    }

    private static void fit(String where, List<Weight> wanted, Weights given) {
        for (Weight weight : wanted) {
            if (!given.has(weight.name())) {
                throw new TunebookException(
                        where,
                        weight.name() + " " + weight.shape() + " is missing",
                        "take the adapter and the configuration of one run");
            }
            Shape shape = given.get(weight.name()).shape();
            if (!shape.equals(weight.shape())) {
                throw new TunebookException(
                        where,
                        weight.name() + " is " + shape + " where it has to be " + weight.shape(),
                        "take the backbone that the adapter was learned on");
            }
        }
    }

    private static String nearest(String name, List<Weight> wanted) {
        return Names.nearest(name, wanted.stream().map(Weight::name).toList())
                .map(n -> "nearest is " + n + "; ")
                .orElse("");
    }
}
