package tunebook.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tunebook.core.Scale;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

/**
 * LoRA adapters added up: ΔW = Σ wᵢ·sᵢ·Bᵢ·Aᵢ, exact, as one LoRA whose rank is the sum of theirs,
 * at most the smaller side of the matrix. Where PiSSA or OLoRA took their start off, that counts as
 * one part more.
 */
public final class LoraMix {
    /** Weights whose sum is below this share of their sizes' cancel each other out. */
    private static final double CANCELLED = 1e-9;

    private final Map<String, Tensor> mixed = new TreeMap<>();
    private final SortedMap<LoraSite, Integer> ranks = new TreeMap<>();

    private LoraMix() {}

    /**
     * Adds adapters up; the heads' weighted mean is the head.
     *
     * @param name of the sum
     * @param adapters of one backbone, all LoRA, none of them DoRA
     * @param weights one each, finite, with a sum that is not zero
     * @throws TunebookException if one is no LoRA, their labels or heads differ, or they come from
     *     backbones of different sizes
     */
    public static Adapter of(String name, List<Adapter> adapters, double... weights) {
        String where = "mixing " + name;
        double sum = 0;
        double sizes = 0;
        for (double weight : weights) {
            sum += weight;
            sizes += Math.abs(weight);
        }
        boolean usable = Double.isFinite(sizes) && Math.abs(sum) > CANCELLED * sizes;
        if (adapters.isEmpty() || adapters.size() != weights.length || !usable) {
            throw new TunebookException(
                    where,
                    adapters.size() + " adapters with " + weights.length + " weights of sum " + sum,
                    "give one finite weight for each adapter, and a sum that is not zero");
        }
        for (Adapter adapter : adapters) check(where, adapter, adapters.get(0));
        LoraMix mix = new LoraMix();
        Set<LoraSite> sites = new TreeSet<>();
        adapters.forEach(a -> sites.addAll(LoraSite.of(a)));
        for (LoraSite site : sites) mix.add(where, site, adapters, weights);
        for (String head : head(adapters.get(0))) mix.mean(head, adapters, weights, sum);
        return new Adapter(
                name,
                mix.recipe().named(name),
                adapters.get(0).head(),
                adapters.get(0).labels(),
                adapters.get(0).scale(),
                Weights.none(),
                Weights.of(mix.mixed));
    }

    /**
     * An adapter of LoRA's family as an ordinary LoRA: what PiSSA or OLoRA took off is a part of
     * it, so that its rank is twice theirs, at most the smaller side of the matrix.
     *
     * @throws TunebookException if it is no LoRA, or DoRA
     */
    public static Adapter plain(Adapter adapter) {
        return of(adapter.name(), List.of(adapter), 1);
    }

    private static void check(String where, Adapter adapter, Adapter first) {
        if (!(adapter.recipe().method() instanceof Lora lora) || lora.form().decomposed()) {
            throw new TunebookException(
                    where,
                    adapter.name()
                            + " is "
                            + adapter.recipe().method().label()
                            + ", no sum of products B·A",
                    "mix LoRA, rsLoRA, PiSSA, OLoRA or LoRA+");
        }
        if (adapter.head() != first.head() || !adapter.scale().equals(first.scale())) {
            throw new TunebookException(
                    where,
                    adapter.name()
                            + " answers with "
                            + answers(adapter)
                            + ", "
                            + first.name()
                            + " with "
                            + answers(first),
                    "mix adapters that learned from the same numbers");
        }
        if (!adapter.labels().equals(first.labels()) || !head(adapter).equals(head(first))) {
            throw new TunebookException(
                    where,
                    adapter.name()
                            + " has the labels "
                            + adapter.labels()
                            + ", "
                            + first.name()
                            + " "
                            + first.labels(),
                    "mix adapters of one task");
        }
        for (String head : head(first)) {
            Shape shape = first.weights().get(head).shape();
            same(where, head, adapter, adapter.weights().get(head).shape(), first, shape);
        }
    }

    private static String answers(Adapter adapter) {
        return adapter.head()
                + (adapter.scale().equals(Scale.NONE) ? "" : " on " + adapter.scale());
    }

    private static void same(
            String where, String what, Adapter adapter, Shape shape, Adapter first, Shape other) {
        if (shape.equals(other)) return;
        throw new TunebookException(
                where,
                what
                        + " is "
                        + shape
                        + " in "
                        + adapter.name()
                        + " and "
                        + other
                        + " in "
                        + first.name(),
                "mix adapters of one backbone");
    }

    private static Set<String> head(Adapter adapter) {
        Set<String> names = new TreeSet<>(adapter.weights().names());
        names.removeIf(n -> n.contains(".lora_"));
        return names;
    }

    private void add(String where, LoraSite site, List<Adapter> adapters, double... weights) {
        List<LowRank> parts = new ArrayList<>();
        Adapter first = null;
        for (int i = 0; i < weights.length; i++) {
            Adapter adapter = adapters.get(i);
            if (!site.isIn(adapter)) continue;
            if (first == null) first = adapter;
            List<LowRank> own = site.parts(adapter);
            if (!parts.isEmpty()) {
                String what = "the change at " + site.name();
                same(where, what, adapter, shape(own.get(0)), first, shape(parts.get(0)));
            }
            for (LowRank part : own) parts.add(part.times(weights[i]));
        }
        LowRank sum = LowRank.sum(parts);
        ranks.put(site, sum.rank());
        mixed.putAll(site.weights(sum));
    }

    private static Shape shape(LowRank change) {
        return Shape.of(change.out(), change.in());
    }

    private void mean(String name, List<Adapter> adapters, double[] weights, double sum) {
        Tensor first = adapters.get(0).weights().get(name);
        double[] mean = new double[(int) first.shape().elements()];
        for (int i = 0; i < weights.length; i++)
            for (int j = 0; j < mean.length; j++)
                mean[j] += weights[i] / sum * adapters.get(i).weights().get(name).get(j);
        int[] sizes = first.shape().sizes().stream().mapToInt(Integer::intValue).toArray();
        mixed.put(name, Tensor.of(mean, sizes).as(first.type()));
    }

    /** LoRA on exactly these sites, with alpha = rank: the scales are in B. */
    private Lora recipe() {
        // a table has the usual rank: patterns name linear sites
        LoraSite first = ranks.firstKey();
        LoraSite table = ranks.keySet().stream().filter(LoraSite::table).findFirst().orElse(null);
        int usual = ranks.get(table == null ? first : table);
        SortedMap<String, Integer> rankOf = new TreeMap<>();
        SortedMap<String, Double> alphaOf = new TreeMap<>();
        List<String> linear = new ArrayList<>();
        ranks.forEach(
                (site, rank) -> {
                    if (site.table()) return;
                    linear.add(site.name());
                    if (rank == usual) return;
                    rankOf.put(site.name(), rank);
                    alphaOf.put(site.name(), (double) rank);
                });
        return new Lora(
                new Ranks(usual, usual, rankOf, alphaOf),
                Targets.named(String.join("|", linear)),
                LoraForm.PLAIN.embeddings(table != null));
    }
}
