package tunebook.study;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tunebook.recipe.Origin;
import tunebook.recipe.Recipe;
import tunebook.study.Diagnosis.Sign;

/** What the network from random numbers shows, where it runs beside the pre-trained one. */
final class TransferSigns {
    private TransferSigns() {}

    static Optional<Diagnosis> of(Result result) {
        Comparison comparison = result.comparison();
        Set<String> ran =
                comparison.summaries().stream()
                        .filter(s -> s.score().n() > 0)
                        .map(Summary::recipe)
                        .collect(Collectors.toSet());
        Set<String> pretrained = names(result.study(), Origin.PRETRAINED, ran);
        Set<String> random = names(result.study(), Origin.RANDOM, ran);
        if (pretrained.isEmpty() || random.isEmpty()) return Optional.empty();
        Pair pair =
                comparison.pair(
                        comparison.best(pretrained::contains), comparison.best(random::contains));
        if (!pair.judged() || pair.verdict() == Pair.Verdict.BETTER) return Optional.empty();
        boolean worse = pair.verdict() == Pair.Verdict.WORSE;
        return Optional.of(
                new Diagnosis(
                        pair.a(),
                        worse ? Sign.NEGATIVE_TRANSFER : Sign.NO_TRANSFER,
                        "the best of the pre-trained recipes against "
                                + pair.b()
                                + ": "
                                + (pair.difference().mean() > 0 ? "+" : "")
                                + Figures.difference(comparison.metric(), pair.difference().mean())
                                + " "
                                + Figures.unit(comparison.metric())
                                + " "
                                + Figures.difference(comparison.metric(), pair.difference())
                                + ", "
                                + Figures.p(pair.adjustedP())
                                + " after correction",
                        worse
                                ? "look whether domainGap(backbone, data) is wide; search the rates"
                                        + " of both; take another backbone"
                                : "more seeds or test examples, searched rates; if it stays so, this"
                                        + " backbone brings nothing to these data"));
    }

    private static Set<String> names(Study study, Origin origin, Set<String> ran) {
        return study.recipes().stream()
                .filter(recipe -> recipe.method().origin() == origin)
                .map(Recipe::name)
                .filter(ran::contains)
                .collect(Collectors.toSet());
    }
}
