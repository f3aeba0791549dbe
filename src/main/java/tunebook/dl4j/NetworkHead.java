package tunebook.dl4j;

import java.util.List;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.TunebookException;
import tunebook.model.Head;

/**
 * The layers of a network from its last product on, which is as wide as there are labels, without
 * the function at the end: losses take logits.
 */
final class NetworkHead implements Head {
    private final String before;
    private final List<Step> steps;
    private final Linear site;

    private NetworkHead(String before, List<Step> steps, Linear site) {
        this.before = before;
        this.steps = steps;
        this.site = site;
    }

    /**
     * A head over classes.
     *
     * @throws TunebookException if the network ends in a function other than softmax
     */
    static NetworkHead classifier(Partition partition, int labels) {
        List<Step> head = partition.head();
        Step end = head.get(head.size() - 1);
        Activation.Kind kind =
                end.action() instanceof Action.Activate activate
                        ? activate.function().kind()
                        : Activation.Kind.IDENTITY;
        if (kind != Activation.Kind.SOFTMAX && kind != Activation.Kind.IDENTITY) {
            throw new TunebookException(
                    "layer " + end.layer(),
                    "ends the network in " + kind.name().toLowerCase(java.util.Locale.ROOT),
                    "give a network that is to classify softmax or identity at the output");
        }
        Linear old = partition.last();
        return new NetworkHead(
                head.get(0).inputs().get(0),
                kind == Activation.Kind.SOFTMAX ? head.subList(0, head.size() - 1) : head,
                Sites.linear(old.name(), old.in(), labels, old.bias() != null));
    }

    @Override
    public String last() {
        return site.name();
    }

    @Override
    public <T> T logits(Ops<T> ops, T x) {
        return Walk.over(ops, steps, before, x, site);
    }
}
