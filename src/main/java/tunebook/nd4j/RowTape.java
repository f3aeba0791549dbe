package tunebook.nd4j;

import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Asked;
import tunebook.core.Batch;
import tunebook.core.Embedding;
import tunebook.core.Input;
import tunebook.core.Rows;
import tunebook.core.Sequences;

/** The operations that choose and place rows, by the batch's numbers. */
abstract class RowTape extends PointwiseTape {
    final Slots slots;
    final Batch batch;
    final Asked asked;

    /**
     * @param dropout generator of dropout masks, or null while not training: then nothing is
     *     remembered
     */
    RowTape(Slots slots, Kernels kernels, Batch batch, DataType type, SplittableRandom dropout) {
        super(kernels, type, dropout);
        this.slots = slots;
        this.batch = batch;
        this.asked = new Asked(batch);
    }

    @Override
    public Var input(Input input, int width) {
        INDArray rows = Memory.upload(asked.rows(input, width), type);
        return record(rows, false, dy -> {});
    }

    @Override
    public Var embedding(Embedding site, Input ids) {
        int[] rows = asked.ids(site, ids);
        INDArray y = empty(rows.length, site.width());
        Gather.rows(slots.value(site.weight()), rows, y);
        INDArray grad = slots.rowsGrad(site.weight(), rows);
        return record(
                y,
                grad != null,
                dy -> {
                    ready(grad);
                    Gather.addTo(grad, rows, dy);
                });
    }

    @Override
    public Var columns(Var x, int from, int count) {
        INDArray y = empty(x.value().size(0), count);
        Gather.columns(x.value(), from, y);
        return record(
                y,
                x.needs,
                dy -> {
                    if (x.own() == null) x.accumulate(() -> zeros(x));
                    Gather.addColumns(dy, x.own(), from);
                });
    }

    @Override
    public Var join(List<Var> parts) {
        int[] starts = new int[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++)
            starts[i + 1] = starts[i] + (int) parts.get(i).value().size(1);
        INDArray y = empty(parts.get(0).value().size(0), starts[parts.size()]);
        for (int i = 0; i < parts.size(); i++)
            Gather.placeColumns(parts.get(i).value(), y, starts[i]);
        return record(
                y,
                parts.stream().anyMatch(p -> p.needs),
                dy -> {
                    for (int i = 0; i < parts.size(); i++) {
                        Var part = parts.get(i);
                        int from = starts[i];
                        part.accumulate(() -> fresh(part, d -> Gather.columns(dy, from, d)));
                    }
                });
    }

    @Override
    public Var regroup(Var x, int width) {
        INDArray y = x.value().reshape('c', Asked.regrouped(x.value().length(), width), width);
        Var out = value(y, x.needs).borrowed();
        return record(out, dy -> out.handTo(x));
    }

    @Override
    public Var prepend(Var prefix, Var x) {
        int p = (int) prefix.value().size(0);
        Sequences all = rowsOf("prepend", x).plus(p);
        int[] virtual = new int[all.count() * p];
        int[] text = new int[(int) x.value().size(0)];
        for (int i = 0, at = 0; i < all.count(); i++) {
            for (int t = 0; t < p; t++) virtual[i * p + t] = all.start(i) + t;
            for (int t = p; t < all.length(i); t++) text[at++] = all.start(i) + t;
        }
        int[] repeated = new int[virtual.length];
        for (int i = 0; i < repeated.length; i++) repeated[i] = i % p;
        INDArray y = empty(all.rows(), x.value().size(1));
        Gather.place(x.value(), text, y);
        Gather.place(
                Gather.rows(prefix.value(), repeated, empty(repeated.length, x.value().size(1))),
                virtual,
                y);
        return record(
                y,
                prefix.needs || x.needs,
                dy -> {
                    x.accumulate(() -> fresh(x, dx -> Gather.rows(dy, text, dx)));
                    prefix.accumulate(
                            () ->
                                    fresh(
                                            prefix,
                                            dp -> {
                                                kernels.zero(dp);
                                                INDArray d =
                                                        empty(repeated.length, x.value().size(1));
                                                Gather.addTo(
                                                        dp, repeated, Gather.rows(dy, virtual, d));
                                            }));
                });
    }

    @Override
    public Var kept(String name, Var x) {
        return value(slots.kept(name, x.value()), false);
    }

    @Override
    public Var rows(Var x, Rows which) {
        int[] rows = batch.rows(which);
        INDArray y = Gather.rows(x.value(), rows, empty(rows.length, x.value().size(1)));
        return record(
                y,
                x.needs,
                dy ->
                        x.accumulate(
                                () ->
                                        fresh(
                                                x,
                                                dx -> {
                                                    kernels.zero(dx);
                                                    Gather.addTo(dx, rows, dy);
                                                })));
    }

    @Override
    public Var mean(Var x) {
        Sequences all = batch.sequences();
        INDArray weights = Memory.upload(asked.meanShares(), type, all.count(), all.rows());
        INDArray y = empty(weights.size(0), x.value().size(1));
        kernels.product(weights, false, x.value(), false, y, false);
        return record(
                y,
                x.needs,
                dy ->
                        x.accumulate(
                                () ->
                                        fresh(
                                                x,
                                                dx ->
                                                        kernels.product(
                                                                weights, true, dy, false, dx,
                                                                false))));
    }

    /** The sequences that a value's rows make. */
    Sequences rowsOf(String where, Var x) {
        return batch.text().withRows(where, (int) x.value().size(0));
    }
}
