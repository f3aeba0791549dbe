package tunebook.study;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.Decorator;
import tunebook.core.Weight;
import tunebook.cost.Counter;
import tunebook.model.Model;
import tunebook.model.Programs;
import tunebook.recipe.Plan;

/** What a recipe would teach, part by part, before anything runs. */
public final class PlanTable {
    private static final int MOST_NAMES = 6;

    private PlanTable() {}

    /**
     * A row for the embedding, each block and the head: what learns there, what is added, how many
     * parameters.
     */
    public static Table of(Plan plan) {
        return of(plan, false);
    }

    /**
     * The same for a data set.
     *
     * @param varies whether examples look different in each epoch, so that nothing can be cached
     */
    public static Table of(Plan plan, boolean varies) {
        Model model = plan.base().model();
        Set<String> added = names(plan.added());
        Set<String> all =
                Counter.scan(
                                new Programs(model, plan.head(), Decorator.NONE, 0).loss(),
                                model.example(),
                                0)
                        .weights()
                        .keySet();
        StringColumn part = StringColumn.create("part");
        StringColumn learns = StringColumn.create("learns");
        StringColumn adds = StringColumn.create("added");
        LongColumn parameters = LongColumn.create("parameters that learn");
        parameters.setPrintFormatter(Figures.format("#,##0"), "–");
        for (int depth = 0; depth <= model.blocks() + 1; depth++) {
            int here = depth;
            List<Weight> learning =
                    plan.learning().stream().filter(w -> model.depth(w.name()) == here).toList();
            Set<String> own = names(learning);
            own.removeAll(added);
            long there = all.stream().filter(n -> model.depth(n) == here).count();
            Set<String> fresh = names(learning);
            fresh.retainAll(added);
            part.append(name(depth, model));
            learns.append(own.size() == there ? "everything" : list(own));
            adds.append(list(fresh));
            parameters.append(Plan.trainable(learning));
        }
        return Table.create(title(plan, varies)).addColumns(part, learns, adds, parameters);
    }

    private static String title(Plan plan, boolean varies) {
        long frozen = plan.base().given().values().stream().mapToLong(s -> s.elements()).sum();
        int cut = plan.cut();
        return String.format(
                Locale.ROOT,
                "%s on %s: %,d parameters learn, the backbone has %,d; %s",
                plan.recipe().name(),
                plan.base().name(),
                plan.trainable(),
                frozen,
                cut == 0
                        ? "nothing below can be cached"
                        : varies
                                ? "nothing is cached, for training pictures change each epoch"
                                : "cached below " + name(cut, plan.base().model()));
    }

    /** The part of a depth in words. */
    static String name(int depth, Model model) {
        if (depth == 0) return "embedding";
        return depth > model.blocks() ? "head" : "block " + (depth - 1);
    }

    private static Set<String> names(Collection<Weight> weights) {
        return weights.stream().map(Weight::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names without what they share, at most six of them. */
    private static String list(Set<String> names) {
        if (names.isEmpty()) return "–";
        int shared = shared(names);
        String some =
                names.stream()
                        .limit(MOST_NAMES)
                        .map(n -> n.substring(shared))
                        .collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES
                ? some + " and " + (names.size() - MOST_NAMES) + " more"
                : some;
    }

    /** How many leading characters, up to a dot, all names have in common. */
    private static int shared(Set<String> names) {
        String first = names.iterator().next();
        int n = first.lastIndexOf('.', first.length() - ".weight".length() - 1) + 1;
        while (n > 0) {
            String start = first.substring(0, n);
            if (names.stream().allMatch(name -> name.startsWith(start))) return n;
            n = first.lastIndexOf('.', n - 2) + 1;
        }
        return 0;
    }
}
