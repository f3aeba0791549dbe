package tunebook.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tunebook.core.Shape;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;

/**
 * What a configuration and its weights say of a model's head.
 *
 * @param config the model's
 * @param backbone with the head's weights
 */
record OpenedHead(JsonFile config, Backbone backbone) {
    private static final String AS_BACKBONE = "pretrained(folder) opens it as a backbone";

    /** One number a sequence is no class, unless it is said that it is. */
    HeadKind kind() {
        List<String> architectures =
                config.has(ModelFiles.ARCHITECTURES)
                        ? config.texts(ModelFiles.ARCHITECTURES)
                        : List.of();
        String problem = config.has(ModelFiles.PROBLEM) ? config.text(ModelFiles.PROBLEM) : "";
        HeadKind kind =
                architectures.stream()
                        .flatMap(name -> HeadKind.built(name, problem).stream())
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new TunebookException(
                                                config.where(),
                                                architectures.isEmpty()
                                                        ? "names no architectures, and so no head"
                                                        : "architectures is "
                                                                + architectures
                                                                + (problem.isEmpty()
                                                                        ? ""
                                                                        : ", problem_type "
                                                                                + problem)
                                                                + ": that answers no task",
                                                AS_BACKBONE));
        boolean number = kind == HeadKind.CLASSIFIER && problem.isEmpty() && classes(kind) == 1;
        return number ? HeadKind.REGRESSION : kind;
    }

    private int classes(HeadKind kind) {
        String last = kind.of(backbone.model(), 2).last() + ".weight";
        if (!backbone.weights().has(last)) {
            throw new TunebookException(
                    config.where(),
                    "names a head, but the weights have no " + last,
                    "take the weights that belong to it; " + AS_BACKBONE);
        }
        Shape shape = backbone.weights().get(last).shape();
        if (shape.rank() == 2 && shape.size(0) > 0) return shape.size(0);
        throw new TunebookException(
                config.where(),
                "names a head, whose " + last + " is " + shape,
                "take the weights that belong to it");
    }

    /** The labels in the order of the logits; numbered where the configuration has none. */
    List<String> labels(HeadKind kind) {
        if (!kind.hasLabels()) return List.of();
        int classes = classes(kind);
        if (!config.has(ModelFiles.LABELS))
            return IntStream.range(0, classes).mapToObj(i -> "LABEL_" + i).toList();
        JsonFile named = config.object(ModelFiles.LABELS);
        if (named.fields().size() != classes) {
            throw new TunebookException(
                    named.where(),
                    "names " + named.fields().size() + " labels where the head has " + classes,
                    "take the file that belongs to the weights");
        }
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < classes; i++) labels.add(named.text(Integer.toString(i)));
        return labels;
    }
}
