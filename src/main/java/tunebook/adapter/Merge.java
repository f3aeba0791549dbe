package tunebook.adapter;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.ElementType;
import tunebook.core.Embedding;
import tunebook.core.Engine;
import tunebook.core.Input;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Precision;
import tunebook.core.Program;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Site;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.cost.Counter;
import tunebook.model.Backbone;
import tunebook.model.Model;
import tunebook.model.Programs;
import tunebook.recipe.Plan;
import tunebook.recipe.Tuning;

/**
 * Folds what a method changed into the backbone's weights, whatever the method. A method that can
 * be merged leaves a linear site affine, so the site itself, asked in double, says what it has
 * become: b′ = f(0) and W′ᵀ = f(I) − b′; a table is what its site answers to every id.
 */
final class Merge {
    private final Session session;
    private final Decorator decorator;
    private final Map<String, Tensor> changed = new TreeMap<>();

    private Merge(Session session, Decorator decorator) {
        this.session = session;
        this.decorator = decorator;
    }

    /**
     * Merges; the head's weights are among the merged backbone's.
     *
     * @param tuning with what was learned
     * @throws TunebookException if the method's change fits no weights
     */
    static Backbone of(Engine engine, Tuning tuning) {
        Backbone base = tuning.backbone();
        tuning.recipe()
                .method()
                .unmergeable()
                .ifPresent(
                        why -> {
                            throw new TunebookException(
                                    "merging " + tuning.recipe().name(),
                                    why,
                                    "keep adapter and backbone apart");
                        });
        try (Engine.Held held = engine.hold(base.weights(), Precision.DOUBLE);
                Session session = engine.open(held, tuning.constants(), tuning.learning(), 0)) {
            Merge merge = new Merge(session, tuning.plan().decorator());
            base.sites().values().forEach(merge::fold);
            merge.checkHead(tuning.plan());
            Set<String> own =
                    tuning.plan().added().stream().map(Weight::name).collect(Collectors.toSet());
            Weights kept = tuning.learning().only(name -> !own.contains(name));
            return new Backbone(
                    base.name() + ", merged with " + tuning.recipe().name(),
                    base.model(),
                    base.weights().with(kept).with(Weights.of(merge.changed)),
                    base.tokenizer());
        }
    }

    /** Refuses a change of a weight that the head has too, where nothing changed it. */
    private void checkHead(Plan plan) {
        Model model = plan.base().model();
        Programs programs = new Programs(model, plan.head(), Decorator.NONE, 0);
        Map<String, Site> above =
                new TreeMap<>(Counter.scan(programs.loss(), model.example(), 0).sites());
        above.keySet().removeAll(plan.base().sites().keySet());
        for (Site site : above.values())
            for (Weight weight : site.weights())
                if (changed.containsKey(weight.name())) {
                    throw new TunebookException(
                            "merging " + plan.recipe().name(),
                            weight.name()
                                    + " is changed where "
                                    + site.name()
                                    + " shares it as it was",
                            "keep adapter and backbone apart, or leave embeddings() out");
                }
    }

    private void fold(Site site) {
        if (site instanceof Linear linear) fold(linear);
        if (site instanceof Embedding table) fold(table);
    }

    private void fold(Linear site) {
        int in = site.in();
        int out = site.out();
        double[] identity = new double[(in + 1) * in];
        for (int i = 0; i < in; i++) identity[i * in + i] = 1;
        Batch batch = rows(in + 1).hidden(Tensor.of(identity, in + 1, in));
        double[] before = answer(Decorator.NONE, linear(site), batch);
        double[] after = answer(decorator, linear(site), batch);
        if (Arrays.equals(before, after)) return;
        double[] bias = Arrays.copyOfRange(after, in * out, (in + 1) * out);
        double[] weight = new double[out * in];
        for (int i = 0; i < in; i++)
            for (int o = 0; o < out; o++) weight[o * in + i] = after[i * out + o] - bias[o];
        put(site.weight().name(), Tensor.of(weight, out, in));
        if (site.bias() != null) {
            put(site.bias().name(), Tensor.of(bias, out));
        } else if (Arrays.stream(bias).anyMatch(b -> b != 0)) {
            throw new TunebookException(
                    "merging at " + site.name(),
                    "the change has a bias where the site has none",
                    "keep adapter and backbone apart");
        }
    }

    private void fold(Embedding site) {
        int[] ids = new int[site.rows()];
        Arrays.setAll(ids, i -> i);
        Batch batch = Batch.text(new Sequences(ids.length), ids, new int[ids.length]);
        double[] before = answer(Decorator.NONE, table(site), batch);
        double[] after = answer(decorator, table(site), batch);
        if (!Arrays.equals(before, after))
            put(site.weight().name(), Tensor.of(after, site.rows(), site.width()));
    }

    private void put(String name, Tensor tensor) {
        changed.put(name, tensor.as(ElementType.F32));
    }

    private static Batch rows(int n) {
        return Batch.text(new Sequences(n), new int[n], new int[n]);
    }

    private double[] answer(Decorator over, Program program, Batch batch) {
        Program decorated =
                new Program() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return program.run(over.over(ops));
                    }
                };
        return session.evaluate(decorated, batch).doubles();
    }

    private static Program linear(Linear site) {
        return new Program() {
            @Override
            public <T> T run(Ops<T> ops) {
                return ops.linear(ops.input(Input.HIDDEN, site.in()), site);
            }
        };
    }

    private static Program table(Embedding site) {
        return new Program() {
            @Override
            public <T> T run(Ops<T> ops) {
                return ops.embedding(site, Input.TOKENS);
            }
        };
    }
}
