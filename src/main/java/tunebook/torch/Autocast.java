package tunebook.torch;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * As long as it is open this thread's products and attention are computed in bfloat16, if the place
 * wants that; a weight that learns is rounded once, not each time it is used.
 */
final class Autocast implements AutoCloseable {
    private final DeviceType device;
    private final boolean wanted;

    Autocast(Place place) {
        this.device = place.kind();
        this.wanted = place.mixed();
        if (!wanted) return;
        torch.set_autocast_dtype(device, ScalarType.BFloat16);
        torch.set_autocast_enabled(device, true);
        torch.increment_nesting();
    }

    @Override
    public void close() {
        if (!wanted) return;
        if (torch.decrement_nesting() == 0) torch.clear_cache();
        torch.set_autocast_enabled(device, false);
    }
}
