package tunebook.torch;

import java.util.Optional;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import tunebook.core.Asked;
import tunebook.core.Embedding;
import tunebook.core.Input;
import tunebook.core.Near;
import tunebook.core.Rows;
import tunebook.core.Sequences;

/** The operations that choose and place rows, by the batch's numbers. */
abstract class RowOps extends PointOps {
    final Slots slots;
    final Asked asked;

    RowOps(Slots slots, Place place, Asked asked, Optional<Generator> dropout) {
        super(place, dropout);
        this.slots = slots;
        this.asked = asked;
    }

    @Override
    public Value input(Input input, int width) {
        Optional<Near.Choice> near = asked.near(input);
        if (near.isPresent()) return Value.of(NearTensor.chosen(near.get(), place));
        return Value.of(place.upload(asked.rows(input, width)));
    }

    @Override
    public Value embedding(Embedding site, Input ids) {
        Tensor rows = place.indices(asked.ids(site, ids));
        return Value.of(torch.embedding(slots.value(site.weight()), rows));
    }

    @Override
    public Value regroup(Value x, int width) {
        Tensor rows = x.tensor();
        return Value.of(rows.reshape(Asked.regrouped(rows.numel(), width), width));
    }

    @Override
    public Value prepend(Value prefix, Value x) {
        int p = prefix.rows();
        Sequences all = rowsOf("prepend", x).plus(p);
        int[] from = new int[all.rows()];
        for (int i = 0, text = p; i < all.count(); i++)
            for (int t = 0; t < all.length(i); t++) from[all.start(i) + t] = t < p ? t : text++;
        return Value.of(chosen(both(prefix.tensor(), x.tensor()), from));
    }

    private static Tensor both(Tensor a, Tensor b) {
        return torch.cat(new TensorVector(a, b), 0);
    }

    /** Rows by number. */
    final Tensor chosen(Tensor x, int... rows) {
        return x.index_select(0, place.indices(rows));
    }

    @Override
    public Value kept(String name, Value x) {
        return Value.of(slots.kept(name, x.tensor()));
    }

    @Override
    public Value rows(Value x, Rows which) {
        return Value.of(chosen(x.tensor(), asked.batch().rows(which)));
    }

    @Override
    public Value mean(Value x) {
        Sequences all = asked.batch().sequences();
        Tensor shares = place.upload(asked.meanShares(), all.count(), all.rows());
        return Value.of(shares.mm(x.tensor()));
    }

    /** The sequences that a value's rows make. */
    final Sequences rowsOf(String where, Value x) {
        return asked.batch().text().withRows(where, x.rows());
    }
}
