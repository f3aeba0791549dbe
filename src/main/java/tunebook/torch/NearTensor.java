package tunebook.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import tunebook.core.Near;

/** Rows in one tensor where libtorch computes. */
final class NearTensor implements Near {
    private final Tensor all;
    private final Place place;

    NearTensor(long rows, int width, Place place) {
        this.place = place;
        try (PointerScope scope = new PointerScope()) {
            this.all = place.zeros(rows, width).<Tensor>retainReference();
        }
    }

    static Tensor chosen(Near.Choice choice, Place place) {
        return ((NearTensor) choice.from()).all.index_select(0, place.indices(choice.rows()));
    }

    @Override
    public void put(long first, tunebook.core.Tensor rows) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            all.narrow(0, first, rows.shape().size(0)).copy_(place.upload(rows));
            place.finish();
        }
    }

    @Override
    public void close() {
        all.releaseReference();
    }
}
