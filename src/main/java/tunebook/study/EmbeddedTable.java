package tunebook.study;

import java.util.List;
import java.util.function.ToLongFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.model.ImageInput;
import tunebook.model.Model;
import tunebook.train.Embedded;

/** The backbones that the jar carries, as a table. */
public final class EmbeddedTable {
    private EmbeddedTable() {}

    /** A row for each: what it reads, its size, what is stored. */
    public static Table of() {
        List<Backbone> all = Embedded.NAMES.stream().map(Embedded::read).toList();
        LongColumn parameters =
                LongColumn.create(
                        "parameters",
                        all.stream().mapToLong(b -> sum(b.weights(), t -> t.shape().elements())));
        parameters.setPrintFormatter(Figures.format("#,##0"), "–");
        DoubleColumn stored =
                DoubleColumn.create(
                        "MB stored",
                        all.stream()
                                .mapToDouble(
                                        b -> sum(b.weights(), t -> t.bytes().remaining()) / 1e6)
                                .toArray());
        stored.setPrintFormatter(Figures.format("0.0"), "–");
        return Table.create("Embedded backbones")
                .addColumns(
                        StringColumn.create("name", Embedded.NAMES),
                        StringColumn.create("kind", all.stream().map(b -> kind(b.model()))),
                        StringColumn.create("reads", all.stream().map(b -> reads(b.model()))),
                        parameters,
                        stored);
    }

    private static String kind(Model model) {
        if (model.reads().isEmpty()) return "network of pictures";
        return model.causal() ? "decoder" : "encoder";
    }

    private static String reads(Model model) {
        return model.reads()
                .map(text -> text.positions() + " tokens of " + text.vocabulary())
                .orElseGet(() -> size(model.pictures("pretrained")));
    }

    private static String size(ImageInput image) {
        return image.height()
                + " x "
                + image.width()
                + " pixels, "
                + image.channels()
                + " channels";
    }

    private static long sum(Weights weights, ToLongFunction<Tensor> of) {
        return weights.names().stream().mapToLong(n -> of.applyAsLong(weights.get(n))).sum();
    }
}
