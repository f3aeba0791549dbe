package tunebook.recipe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import tunebook.core.Batch;
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
 * @param learning everything that learns, by name
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
                        new Programs(model, head, decorator, 0).loss(), method.virtualTokens());
        Map<String, Site> sites = new HashMap<>();
        counter.sites().values().forEach(s -> s.weights().forEach(w -> sites.put(w.name(), s)));
        List<Weight> learning = new ArrayList<>();
        List<Weight> constants = new ArrayList<>();
        for (Weight weight : counter.weights().values()) {
            String name = weight.name();
            Place place = place(name, sites.get(name), model);
            boolean given = weight.shape().equals(base.given().get(name)) && !method.untrained();
            if (weight.constant()) constants.add(weight);
            else if (!given || name.startsWith(head.last() + ".") || method.learns(place))
                learning.add(weight);
        }
        return new Plan(recipe, base, head, decorator, learning, constants);
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
        return Counter.scan(programs.hidden(), method.virtualTokens()).weights();
    }

    /** A batch of texts as this recipe's programs take it. */
    public Batch batch(Batch texts) {
        Method method = recipe.method();
        return texts.prefix(method.virtualTokens()).positionsFrom(method.firstPosition());
    }

    /** How many numbers learn. */
    public long trainable() {
        return learning.stream().mapToLong(w -> w.shape().elements()).sum();
    }

    /** What learns and is no part of the backbone or the head: the method's own. */
    public List<Weight> added() {
        Programs programs = new Programs(base.model(), head, Decorator.NONE, 0);
        Set<String> plain = Counter.scan(programs.loss(), 0).weights().keySet();
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
