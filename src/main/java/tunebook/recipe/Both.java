package tunebook.recipe;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tunebook.core.Decorator;
import tunebook.core.Ops;
import tunebook.core.TunebookException;
import tunebook.model.Model;
import tunebook.model.Outline;

/**
 * Two methods at once: what either teaches learns, and the second one's change lies over the first
 * one's.
 */
record Both(Method first, Method second) implements Method {
    Both {
        Stream.of(first, second)
                .filter(m -> m.complete().isPresent())
                .findFirst()
                .ifPresent(
                        m ->
                                refuse(
                                        first,
                                        second,
                                        m.complete().orElseThrow(),
                                        "take one of the two"));
        if (first.virtualTokens() > 0 && second.virtualTokens() > 0) {
            refuse(
                    first,
                    second,
                    "both put virtual tokens before the text",
                    "take one with more tokens");
        }
    }

    private static void refuse(Method first, Method second, String why, String mend) {
        throw new TunebookException(first.label() + " and " + second.label(), why, mend);
    }

    @Override
    public String label() {
        return first.label() + " + " + second.label();
    }

    @Override
    public List<String> calls() {
        return Stream.of(first, second).flatMap(m -> m.calls().stream()).toList();
    }

    @Override
    public List<Setting> own() {
        return Setting.all(List.of(first.own(), second.own()));
    }

    @Override
    public String words() {
        return first.words() + " + " + second.words();
    }

    @Override
    public double usualRate() {
        return first.usualRate();
    }

    @Override
    public boolean learns(Place place) {
        return first.learns(place) || second.learns(place);
    }

    @Override
    public boolean learnsNow(String weight, Model model, int epoch) {
        return first.learnsNow(weight, model, epoch) && second.learnsNow(weight, model, epoch);
    }

    @Override
    public double rateFactor(String weight, Model model, int epoch) {
        return first.rateFactor(weight, model, epoch) * second.rateFactor(weight, model, epoch);
    }

    @Override
    public Decorator on(Outline base) {
        Decorator below = first.on(base);
        Decorator above = second.on(base);
        return new Decorator() {
            @Override
            public <T> Ops<T> over(Ops<T> ops) {
                return above.over(below.over(ops));
            }
        };
    }

    @Override
    public int virtualTokens() {
        return first.virtualTokens() + second.virtualTokens();
    }

    @Override
    public int firstPosition() {
        return first.firstPosition() + second.firstPosition();
    }

    @Override
    public Optional<String> unmergeable() {
        return first.unmergeable().or(second::unmergeable);
    }

    /** Refuses two methods that add weights of one name, and adapters of weights that learn. */
    @Override
    public void check(Outline base) {
        first.check(base);
        second.check(base);
        Set<String> twice = new TreeSet<>(added(first, base));
        twice.retainAll(added(second, base));
        if (!twice.isEmpty()) {
            refuse(
                    first,
                    second,
                    "both add " + twice.iterator().next(),
                    "give each sites of its own with on(glob)");
        }
        Stream.of(added(first, base), added(second, base))
                .flatMap(Set::stream)
                .filter(name -> name.contains(Lora.DOWN))
                .map(name -> name.substring(0, name.indexOf(Lora.DOWN)) + ".weight")
                .filter(Plan.learning(this, base)::contains)
                .findFirst()
                .ifPresent(
                        name ->
                                refuse(
                                        first,
                                        second,
                                        name + " learns itself: a low-rank update adds nothing",
                                        "leave the site out with on(glob)"));
    }

    private static Set<String> added(Method method, Outline base) {
        Set<String> names = new TreeSet<>(Plan.scan(method, base).keySet());
        names.removeAll(Plan.scan(new FeatureExtraction(), base).keySet());
        return names;
    }
}
