package tunebook.torch;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import tunebook.core.Ops;

/** The operations that look at one element or one row at a time, and ask nothing of the batch. */
abstract class PointOps implements Ops<Value> {
    final Place place;
    private final Optional<Generator> dropout;

    /**
     * @param dropout what masks are drawn from; none while not training
     */
    PointOps(Place place, Optional<Generator> dropout) {
        this.place = place;
        this.dropout = dropout;
    }

    @Override
    public Value add(Value a, Value b) {
        return Value.of(a.tensor().add(b.tensor()));
    }

    @Override
    public Value scale(Value x, double factor) {
        return Value.of(x.tensor().mul(new Scalar(factor)));
    }

    @Override
    public Value scaleColumns(Value x, Value factors) {
        return Value.of(x.tensor().mul(factors.tensor()));
    }

    @Override
    public Value addRow(Value x, Value row) {
        return Value.of(x.tensor().add(row.tensor()));
    }

    @Override
    public Value multiply(Value a, Value b) {
        return Value.of(a.tensor().mul(b.tensor()));
    }

    @Override
    public Value product(Value a, Value b) {
        return Value.of(a.tensor().mm(b.tensor()));
    }

    @Override
    public Value overRowNorms(Value a, Value b) {
        Tensor rows = b.tensor().detach();
        return Value.of(a.tensor().div(rows.mul(rows).sum(1).sqrt()));
    }

    @Override
    public Value gelu(Value x) {
        return Value.of(torch.gelu(x.tensor(), "none"));
    }

    @Override
    public Value geluTanh(Value x) {
        return Value.of(torch.gelu(x.tensor(), "tanh"));
    }

    @Override
    public Value relu(Value x) {
        return Value.of(x.tensor().relu());
    }

    @Override
    public Value sigmoid(Value x) {
        return Value.of(x.tensor().sigmoid());
    }

    @Override
    public Value tanh(Value x) {
        return Value.of(x.tensor().tanh());
    }

    @Override
    public Value dropout(Value x, double rate) {
        if (dropout.isEmpty() || rate == 0) return x;
        Tensor mask = torch.empty_like(x.tensor());
        mask.bernoulli_(1 - rate, new GeneratorOptional(dropout.get()));
        return Value.of(x.tensor().mul(mask.div_(new Scalar(1 - rate))));
    }

    @Override
    public Value columns(Value x, int from, int count) {
        return Value.of(x.tensor().narrow(1, from, count));
    }

    @Override
    public Value join(List<Value> parts) {
        Tensor[] all = parts.stream().map(Value::tensor).toArray(Tensor[]::new);
        return Value.of(torch.cat(new TensorVector(all), 1));
    }
}
