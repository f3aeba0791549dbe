package tunebook.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

/**
 * LoRA adapters added up: ΔW = Σ wᵢ·sᵢ·Bᵢ·Aᵢ, exact, as one LoRA whose rank is the sum of theirs.
 * Where PiSSA or OLoRA took their start off, that counts as one part more.
 */
public final class LoraMix {
    private static final String TABLE = ".lora_embedding_A";

    private final Map<String, Tensor> mixed = new TreeMap<>();
    private final SortedMap<String, Integer> ranks = new TreeMap<>();

    private LoraMix() {}

    /**
     * Adds adapters up; the heads' weighted mean is the head.
     *
     * @param name of the sum
     * @param adapters of one backbone, all LoRA, none of them DoRA
     * @param weights one each, with a sum that is not zero
     * @throws TunebookException if one is no LoRA, or their labels or heads differ
     */
    public static Adapter of(String name, List<Adapter> adapters, double... weights) {
        String where = "mixing " + name;
        double sum = 0;
        for (double weight : weights) sum += weight;
        if (adapters.isEmpty() || adapters.size() != weights.length || sum == 0) {
            throw new TunebookException(
                    where,
                    adapters.size() + " adapters with " + weights.length + " weights of sum " + sum,
                    "give one weight for each adapter, and a sum that is not zero");
        }
        for (Adapter adapter : adapters) check(where, adapter, adapters.get(0));
        LoraMix mix = new LoraMix();
        Set<String> sites = new TreeSet<>();
        adapters.forEach(a -> sites.addAll(sites(a)));
        for (String site : sites) mix.add(site, adapters, weights);
        for (String head : head(adapters.get(0))) mix.mean(head, adapters, weights, sum);
        return new Adapter(
                name,
                mix.recipe(sites).named(name),
                adapters.get(0).labels(),
                Weights.none(),
                Weights.of(mix.mixed));
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
    }

    private static Set<String> sites(Adapter adapter) {
        Set<String> sites = new TreeSet<>();
        for (String weight : adapter.weights().names()) {
            if (weight.endsWith(Lora.DOWN + ".weight") || weight.endsWith(TABLE))
                sites.add(weight.substring(0, weight.lastIndexOf(".lora_")));
        }
        return sites;
    }

    private static Set<String> head(Adapter adapter) {
        Set<String> names = new TreeSet<>(adapter.weights().names());
        names.removeIf(n -> n.contains(".lora_"));
        return names;
    }

    /** One adapter's product at one site: down [rank, in], up [out, rank]. */
    private record Part(double[][] down, double[][] up, double factor) {}

    private void add(String site, List<Adapter> adapters, double... weights) {
        List<Part> parts = new ArrayList<>();
        boolean table = false;
        for (int i = 0; i < weights.length; i++) {
            Adapter adapter = adapters.get(i);
            if (!sites(adapter).contains(site)) continue;
            Lora lora = (Lora) adapter.recipe().method();
            double scale =
                    weights[i]
                            * lora.form().scale(lora.ranks().alpha(site), lora.ranks().rank(site));
            table = adapter.weights().has(site + TABLE);
            String down = site + (table ? TABLE : Lora.DOWN + ".weight");
            String up = site + (table ? ".lora_embedding_B" : Lora.UP) + ".weight";
            double[][] a = adapter.weights().get(down).rows();
            parts.add(new Part(table ? turned(a) : a, adapter.weights().get(up).rows(), scale));
            String start = site + Lora.DOWN + "_start.weight";
            if (adapter.constants().has(start))
                parts.add(
                        new Part(
                                adapter.constants().get(start).rows(),
                                adapter.constants().get(site + Lora.UP + "_start.weight").rows(),
                                -scale));
        }
        double[][] down =
                parts.stream().flatMap(p -> List.of(p.down()).stream()).toArray(double[][]::new);
        double[][] up = new double[parts.get(0).up().length][down.length];
        int at = 0;
        for (Part part : parts) {
            for (int o = 0; o < up.length; o++)
                for (int r = 0; r < part.down().length; r++)
                    up[o][at + r] = part.factor() * part.up()[o][r];
            at += part.down().length;
        }
        ranks.put(site, down.length);
        mixed.put(
                site + (table ? TABLE : Lora.DOWN + ".weight"),
                Tensor.ofRows(table ? turned(down) : down));
        mixed.put(site + (table ? ".lora_embedding_B" : Lora.UP) + ".weight", Tensor.ofRows(up));
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
    private Lora recipe(Set<String> sites) {
        Set<String> linear = new TreeSet<>(sites);
        linear.removeIf(site -> mixed.containsKey(site + TABLE));
        // a table has the usual rank: patterns name linear sites
        int usual =
                ranks.get(
                        sites.stream()
                                .filter(s -> !linear.contains(s))
                                .findFirst()
                                .orElse(sites.iterator().next()));
        SortedMap<String, Integer> rankOf = new TreeMap<>();
        SortedMap<String, Double> alphaOf = new TreeMap<>();
        for (String site : linear) {
            if (ranks.get(site) == usual) continue;
            rankOf.put(site, ranks.get(site));
            alphaOf.put(site, (double) ranks.get(site));
        }
        return new Lora(
                new Ranks(usual, usual, rankOf, alphaOf),
                Targets.named(String.join("|", linear)),
                LoraForm.PLAIN.embeddings(linear.size() < sites.size()));
    }

    private static double[][] turned(double[][] x) {
        double[][] turned = new double[x[0].length][x.length];
        for (int i = 0; i < x.length; i++)
            for (int j = 0; j < x[0].length; j++) turned[j][i] = x[i][j];
        return turned;
    }
}
