package tunebook.nd4j;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import tunebook.core.Ops;

/** The operations that look at one element or one row at a time. */
abstract class PointwiseTape extends Recording implements Ops<Var> {
    /**
     * @param dropout generator of dropout masks, or null while not training: then nothing is
     *     remembered
     */
    PointwiseTape(Kernels kernels, DataType type, SplittableRandom dropout) {
        super(kernels, type, dropout);
    }

    @Override
    public Var only(Var x) {
        if (dropout == null) spare.giveAllBut(x.value());
        return x;
    }

    @Override
    public Var add(Var a, Var b) {
        INDArray y = empty(a.value().shape());
        kernels.add(a.value(), b.value(), y);
        return sum(value(y, a.needs || b.needs).open(), a, b);
    }

    private Var sum(Var out, Var a, Var b) {
        return record(
                out,
                dy -> {
                    out.handTo(a);
                    out.handTo(b);
                });
    }

    @Override
    public Var addInto(Var sum, Var more) {
        if (!sum.isOpen()) return add(sum, more);
        kernels.add(sum.value(), more.value(), sum.value());
        return sum(into(sum, more.needs), sum, more);
    }

    /** A value whose numbers stand where those of a used-up one stood. */
    final Var into(Var sum, boolean needs) {
        return value(sum.value(), sum.needs || needs).borrowed().open();
    }

    @Override
    public Var scale(Var x, double factor) {
        INDArray y = empty(x.value().shape());
        kernels.scale(x.value(), factor, y);
        return record(
                y,
                x.needs,
                dy -> x.accumulate(() -> fresh(x, dx -> kernels.scale(dy, factor, dx))));
    }

    @Override
    public Var scaleColumns(Var x, Var factors) {
        INDArray y = empty(x.value().shape());
        kernels.scaleColumns(x.value(), factors.value(), y);
        return record(
                y,
                x.needs || factors.needs,
                dy -> {
                    x.accumulate(
                            () -> fresh(x, dx -> kernels.scaleColumns(dy, factors.value(), dx)));
                    factors.accumulate(
                            () ->
                                    fresh(
                                            factors,
                                            df -> {
                                                INDArray each = empty(x.value().shape());
                                                kernels.multiply(dy, x.value(), each);
                                                kernels.zero(df);
                                                kernels.sumRows(each, df);
                                                spare.give(each);
                                            }));
                });
    }

    @Override
    public Var addRow(Var x, Var row) {
        INDArray y = empty(x.value().shape());
        y.assign(x.value());
        kernels.spread(row.value(), y, true);
        Var out = value(y, x.needs || row.needs);
        return record(
                out,
                dy -> {
                    out.handTo(x);
                    row.accumulate(
                            () ->
                                    fresh(
                                            row,
                                            dr -> {
                                                kernels.zero(dr);
                                                kernels.sumRows(dy, dr);
                                            }));
                });
    }

    @Override
    public Var multiply(Var a, Var b) {
        INDArray y = empty(a.value().shape());
        kernels.multiply(a.value(), b.value(), y);
        return record(
                y,
                a.needs || b.needs,
                dy -> {
                    a.accumulate(() -> fresh(a, da -> kernels.multiply(dy, b.value(), da)));
                    b.accumulate(() -> fresh(b, db -> kernels.multiply(dy, a.value(), db)));
                });
    }

    @Override
    public Var relu(Var x) {
        INDArray y = empty(x.value().shape());
        kernels.relu(x.value(), y);
        return record(
                y, x.needs, dy -> x.accumulate(() -> fresh(x, dx -> kernels.reluGrad(y, dy, dx))));
    }

    @Override
    public Var sigmoid(Var x) {
        INDArray y = empty(x.value().shape());
        kernels.sigmoid(x.value(), y);
        return record(
                y,
                x.needs,
                dy -> x.accumulate(() -> fresh(x, dx -> kernels.sigmoidGrad(y, dy, dx))));
    }

    @Override
    public Var gelu(Var x) {
        INDArray y = empty(x.value().shape());
        kernels.gelu(x.value(), y);
        return record(
                y,
                x.needs,
                dy -> x.accumulate(() -> fresh(x, dx -> kernels.geluGrad(x.value(), dy, dx))));
    }

    @Override
    public Var geluTanh(Var x) {
        INDArray y = empty(x.value().shape());
        kernels.geluTanh(x.value(), y);
        return record(
                y,
                x.needs,
                dy -> x.accumulate(() -> fresh(x, dx -> kernels.geluTanhGrad(x.value(), dy, dx))));
    }

    @Override
    public Var tanh(Var x) {
        INDArray y = Transforms.tanh(x.value(), true);
        return record(y, x.needs, dy -> x.accumulate(() -> y.mul(y).rsubi(1).muli(dy)));
    }

    @Override
    public Var dropout(Var x, double rate) {
        if (dropout == null || rate == 0) return x;
        Mask mask = new Mask(dropout.nextLong(), rate);
        INDArray y = empty(x.value().shape());
        kernels.dropout(x.value(), mask, y);
        return record(
                        y,
                        x.needs,
                        dy -> x.accumulate(() -> fresh(x, dx -> kernels.dropout(dy, mask, dx))))
                .open();
    }
}
