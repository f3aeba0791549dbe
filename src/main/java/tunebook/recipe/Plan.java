package tunebook.recipe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import tunebook.core.Batch;
import tunebook.core.BatchNorm;
import tunebook.core.Decorator;
import tunebook.core.Site;
import tunebook.core.Weight;
import tunebook.cost.Counter;
import tunebook.model.Head;
import tunebook.model.Model;
import tunebook.model.Outline;
import tunebook.model.Programs;

/**
 * A recipe laid over a backbone's outline: what learns and what is added, before a single number is
 * there.
 *
 * @param recipe what is laid
 * @param base below
 * @param head on top
 * @param decorator what the method changes
 * @param learning everything that learns, by name, running statistics with it
 * @param constants what the method adds and never moves, by name
 */
public record Plan(
        Recipe recipe,
        Outline base,
        Head head,
        Decorator decorator,
        List<Weight> learning,
        List<Weight> constants) {
    /**
     * Plans.
     *
     * @throws tunebook.core.TunebookException if the method does not fit the backbone
     */
    public static Plan of(Recipe recipe, Outline base, Head head) {
        Method method = recipe.method();
        method.check(base);
        Decorator decorator = method.on(base);
        Model model = base.model();
        Counter counter =
                Counter.scan(
                        new Programs(model, head, decorator, 0).loss(),
                        model.example(),
                        method.virtualTokens());
        Map<String, Site> sites = new HashMap<>();
        counter.sites().values().forEach(s -> s.weights().forEach(w -> sites.put(w.name(), s)));
        List<Weight> learning = new ArrayList<>();
        List<Weight> constants = new ArrayList<>();
        for (Weight weight : counter.weights().values()) {
            Site site = sites.get(weight.name());
            boolean given =
                    weight.shape().equals(base.given().get(weight.name()))
                            && method.origin() == Origin.PRETRAINED;
            String decides = decides(weight, site);
            if (weight.kind() == Weight.Kind.CONSTANT) constants.add(weight);
            else if (!given
                    || learnsAnyway(decides, head, method, model)
                    || method.learns(place(decides, site, model))) learning.add(weight);
        }
        return new Plan(recipe, base, head, decorator, learning, constants);
    }

    /** What is new in a head learns; of one that came with the backbone, what the method says. */
    private static boolean learnsAnyway(String weight, Head head, Method method, Model model) {
        return head.pretrained()
                ? method.learnsHead() && model.depth(weight) > model.blocks()
                : isNew(weight, head);
    }

    private static boolean isNew(String weight, Head head) {
        return !head.pretrained() && weight.startsWith(head.last() + ".");
    }

    /** The weight with which a weight learns: running statistics go with their site's gain. */
    private static String decides(Weight weight, Site site) {
        boolean running = weight.kind() == Weight.Kind.RUNNING && site instanceof BatchNorm;
        return running ? ((BatchNorm) site).decides().name() : weight.name();
    }

    /** Names of the backbone's weights that a method teaches. */
    static Set<String> learning(Method method, Outline base) {
        Set<String> names = new TreeSet<>();
        base.sites()
                .values()
                .forEach(
                        site ->
                                site.weights().stream()
                                        .map(Weight::name)
                                        .filter(n -> method.learns(place(n, site, base.model())))
                                        .forEach(names::add));
        return names;
    }

    private static Place place(String weight, Site site, Model model) {
        return new Place(weight, site, model.depth(weight), model.blocks());
    }

    /** Everything that the embedding and the blocks use under a method, by name. */
    static SortedMap<String, Weight> scan(Method method, Outline base) {
        Programs programs = new Programs(base.model(), null, method.on(base), 0);
        return Counter.scan(programs.hidden(), base.model().example(), method.virtualTokens())
                .weights();
    }

    /** A batch of texts as this recipe's programs take it. */
    public Batch batch(Batch texts) {
        Method method = recipe.method();
        return texts.prefix(method.virtualTokens()).positionsFrom(method.firstPosition());
    }

    /** How many numbers learn by gradients. */
    public long trainable() {
        return trainable(learning);
    }

    /**
     * How many of these are the new head's, the same for every recipe of one task and backbone; 0
     * where the head came with the backbone.
     */
    public long trainableHead() {
        return trainable(learning.stream().filter(w -> isNew(w.name(), head)).toList());
    }

    /** How many numbers of these weights learn by gradients. */
    public static long trainable(List<Weight> some) {
        return some.stream()
                .filter(w -> w.kind() == Weight.Kind.LEARNS)
                .mapToLong(w -> w.shape().elements())
                .sum();
    }

    /** Whether a weight among them changes without gradients. */
    boolean isRunning(String name) {
        return learning.stream()
                .anyMatch(w -> w.kind() == Weight.Kind.RUNNING && w.name().equals(name));
    }

    /** What learns and is no part of the backbone or the head: the method's own. */
    public List<Weight> added() {
        Programs programs = new Programs(base.model(), head, Decorator.NONE, 0);
        Set<String> plain =
                Counter.scan(programs.loss(), base.model().example(), 0).weights().keySet();
        return learning.stream().filter(w -> !plain.contains(w.name())).toList();
    }

    /**
     * How many stages nothing that ever learns touches: 0 none, 1 the embedding, i + 1 the first i
     * blocks too. None where positions are shifted: what is kept for all recipes has the usual
     * ones.
     */
    public int cut() {
        Model model = base.model();
        if (recipe.method().firstPosition() > 0) return 0;
        return learning.stream()
                .mapToInt(w -> model.depth(w.name()))
                .min()
                .orElse(model.blocks() + 1);
    }
}
