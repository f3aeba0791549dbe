package tunebook.recipe;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tunebook.core.Tensor;

/**
 * A site that a LoRA adapter changes, and what its weights are called there.
 *
 * @param name of the site
 * @param table whether it is the word table, whose A is stored as [words, rank]
 */
record LoraSite(String name, boolean table) implements Comparable<LoraSite> {
    private static final String TABLE = ".lora_embedding_A";
    private static final String LINEAR = Lora.DOWN + ".weight";

    /** The sites of an adapter. */
    static Set<LoraSite> of(Adapter adapter) {
        Set<LoraSite> sites = new TreeSet<>();
        for (String weight : adapter.weights().names()) {
            boolean table = weight.endsWith(TABLE);
            if (table || weight.endsWith(LINEAR))
                sites.add(new LoraSite(weight.substring(0, weight.lastIndexOf(".lora_")), table));
        }
        return sites;
    }

    boolean isIn(Adapter adapter) {
        return adapter.weights().has(down());
    }

    /** An adapter's scaled product here, and the start that was taken off where there is one. */
    List<LowRank> parts(Adapter adapter) {
        Lora lora = (Lora) adapter.recipe().method();
        double scale = lora.form().scale(lora.ranks().alpha(name), lora.ranks().rank(name));
        double[][] down = adapter.weights().get(down()).rows();
        LowRank learned =
                new LowRank(table ? turned(down) : down, adapter.weights().get(up()).rows())
                        .times(scale);
        String start = name + Lora.DOWN + "_start.weight";
        if (!adapter.constants().has(start)) return List.of(learned);
        LowRank off =
                new LowRank(
                        adapter.constants().get(start).rows(),
                        adapter.constants().get(name + Lora.UP + "_start.weight").rows());
        return List.of(learned, off.times(-scale));
    }

    /** A product as an adapter's weights by name. */
    Map<String, Tensor> weights(LowRank product) {
        double[][] down = table ? turned(product.down()) : product.down();
        return Map.of(down(), Tensor.ofRows(down), up(), Tensor.ofRows(product.up()));
    }

    private String down() {
        return name + (table ? TABLE : LINEAR);
    }

    private String up() {
        return name + (table ? ".lora_embedding_B" : Lora.UP) + ".weight";
    }

    private static double[][] turned(double[][] x) {
        double[][] turned = new double[x[0].length][x.length];
        for (int i = 0; i < x.length; i++)
            for (int j = 0; j < x[0].length; j++) turned[j][i] = x[i][j];
        return turned;
    }

    @Override
    public int compareTo(LoraSite other) {
        return Comparator.comparing(LoraSite::name)
                .thenComparing(LoraSite::table)
                .compare(this, other);
    }
}
