package tunebook.recipe;

import tunebook.core.AdaptedOps;
import tunebook.core.Init;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Role;
import tunebook.recipe.Bottleneck.Form;

/** How bottleneck adapters answer. */
final class BottleneckOps<T> extends AdaptedOps<T> {
    private final Bottleneck method;
    private final int narrow;
    private T entered;

    /**
     * @param narrow width inside, at least 1
     */
    BottleneckOps(Ops<T> inner, Bottleneck method, int narrow) {
        super(inner);
        this.method = method;
        this.narrow = narrow;
    }

    @Override
    public T linear(T x, Linear site) {
        boolean beside = method.form() == Form.PARALLEL;
        if (beside && site.role() == Role.UP) entered = x;
        T y = inner.linear(x, site);
        boolean here =
                site.role() == Role.DOWN
                        || (method.form() == Form.HOULSBY && site.role() == Role.OUTPUT);
        return here ? inner.add(y, adapter(beside ? entered : y, site)) : y;
    }

    private T adapter(T h, Linear site) {
        int wide = site.out();
        Linear down = Linear.of(site.name() + ".adapter_down", wide, narrow);
        Linear up = Linear.of(site.name() + ".adapter_up", narrow, wide).from(Init.ZEROS);
        T change = inner.linear(inner.relu(inner.linear(h, down)), up);
        return method.scale() == 1 ? change : inner.scale(change, method.scale());
    }
}
