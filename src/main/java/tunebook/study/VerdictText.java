package tunebook.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tunebook.stats.Interval;
import tunebook.stats.Metric;
import tunebook.train.Ending;

/**
 * A verdict in words: the best recipe against every other, what else is separable, and what to keep
 * in mind.
 *
 * @param lines one sentence each, plain text
 */
public record VerdictText(List<String> lines) {
    /** Keeps its own copy. */
    public VerdictText {
        lines = List.copyOf(lines);
    }

    static VerdictText of(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        List<Summary> ranked =
                comparison.summaries().stream()
                        .filter(s -> s.score().n() > 0)
                        .sorted(
                                Comparator.comparing(
                                        s -> s.score().mean(),
                                        (a, b) -> comparison.metric().compare(b, a)))
                        .toList();
        if (ranked.isEmpty()) {
            lines.add("No run came as far as predicting the test examples.");
        } else {
            lines.add(first(ranked.get(0), comparison.testExamples()));
            controls(comparison, ranked, lines);
            pairs(comparison, ranked, lines);
        }
        cautions(comparison, comparison.pairs(), lines);
        return new VerdictText(lines);
    }

    static VerdictText of(Baseline baseline) {
        Comparison comparison = baseline.comparison();
        Metric metric = comparison.metric();
        List<String> lines = new ArrayList<>();
        for (Summary s : comparison.summaries())
            if (s.recipe().equals(baseline.recipe()))
                lines.add(
                        "Each recipe against "
                                + s.recipe()
                                + ", "
                                + mean(s, comparison.testExamples()));
        baseline.pairs().forEach(pair -> lines.add(words(metric, pair)));
        cautions(comparison, baseline.pairs(), lines);
        return new VerdictText(lines);
    }

    private static String first(Summary best, int examples) {
        return best.recipe()
                + " has the "
                + (best.metric().higherIsBetter() ? "highest " : "lowest ")
                + mean(best, examples);
    }

    private static String mean(Summary summary, int examples) {
        Metric metric = summary.metric();
        Interval score = summary.score();
        String interval = score.bounded() ? " " + Figures.interval(metric, score) : "";
        return "mean "
                + metric.words()
                + ": "
                + Figures.value(metric, score.mean())
                + interval
                + " over "
                + Figures.count(score.n(), "seed")
                + ", on these "
                + Figures.count(examples, "test example")
                + ".";
    }

    /** Plainly, where nothing that was tuned is shown to be better than a control. */
    private static void controls(Comparison comparison, List<Summary> ranked, List<String> lines) {
        List<String> names = ranked.stream().map(Summary::recipe).toList();
        Optional<String> tuned =
                names.stream().filter(name -> !comparison.controls().containsKey(name)).findFirst();
        if (tuned.isEmpty()) return;
        for (String name : names) {
            String against = comparison.controls().get(name);
            if (against == null) continue;
            Pair pair = comparison.pair(tuned.get(), name);
            if (pair.verdict() != Pair.Verdict.BETTER)
                lines.add("No recipe is shown to beat " + name + ", " + against + ".");
        }
    }

    /** The best against each other recipe; of the pairs among these only the separable ones. */
    private static void pairs(Comparison comparison, List<Summary> ranked, List<String> lines) {
        for (int i = 0; i < ranked.size(); i++) {
            for (int j = i + 1; j < ranked.size(); j++) {
                Pair pair = comparison.pair(ranked.get(i).recipe(), ranked.get(j).recipe());
                if (i == 0 || pair.separable()) lines.add(words(comparison.metric(), pair));
            }
        }
    }

    private static String words(Metric metric, Pair pair) {
        if (pair.difference().n() == 0) {
            return pair.a() + " and " + pair.b() + " have no seed in common to compare them on.";
        }
        double gap = pair.difference().mean();
        if (pair.paired().seeds() == 1) {
            return pair.a()
                    + " and "
                    + pair.b()
                    + " are not separable ("
                    + Figures.difference(metric, gap)
                    + " "
                    + Figures.unit(metric)
                    + "): one seed in common tells nothing of the chance between runs; take 3 or"
                    + " more.";
        }
        String p = Figures.p(pair.adjustedP());
        return switch (pair.verdict()) {
            case BETTER ->
                    pair.a()
                            + " beats "
                            + pair.b()
                            + " by "
                            + Figures.difference(metric, Math.abs(gap))
                            + " "
                            + Figures.unit(metric)
                            + " "
                            + Figures.difference(
                                    metric,
                                    gap < 0 ? pair.turned().difference() : pair.difference())
                            + ", "
                            + p
                            + ".";
            case WORSE -> words(metric, pair.turned());
            case NOT_SEPARABLE ->
                    pair.a()
                            + " and "
                            + pair.b()
                            + " are not separable ("
                            + Figures.difference(metric, gap)
                            + " "
                            + Figures.unit(metric)
                            + " "
                            + Figures.difference(metric, pair.difference())
                            + ", "
                            + p
                            + ")"
                            + outlook(pair);
        };
    }

    /** How many seeds would tell the two apart. */
    private static String outlook(Pair pair) {
        int seeds = pair.seedsToSeparate();
        return seeds == 0
                ? "; on these test examples a thousand seeds would hardly tell."
                : "; if they differ as they seem to, some " + seeds + " seeds would tell.";
    }

    private static void cautions(Comparison comparison, List<Pair> pairs, List<String> lines) {
        List<Summary> summaries = comparison.summaries();
        for (Summary s : summaries) {
            if (s.diverged() > 0) lines.add(diverged(s));
        }
        long stopped =
                comparison.runs().stream().filter(r -> r.status() == Ending.INTERRUPTED).count();
        if (stopped > 0) {
            lines.add(
                    Figures.count(stopped, "interrupted run") + " left out; run again to finish.");
        }
        int seeds = summaries.stream().mapToInt(Summary::seeds).max().orElse(0);
        for (Summary s : summaries) {
            if (s.seeds() < seeds) {
                lines.add(
                        s.recipe()
                                + " has "
                                + Figures.count(s.seeds(), "ended run")
                                + " of "
                                + seeds
                                + "; its pairs use only the seeds that both have.");
            }
        }
        if (!comparison.byExamples())
            lines.add(
                    "What single examples add to "
                            + comparison.metric().words()
                            + " is not kept: the tests are over the seeds alone, and other test"
                            + " examples may turn them.");
        long judged = pairs.stream().filter(Pair::judged).count();
        if (judged > 1) {
            lines.add(
                    "p values are corrected for "
                            + judged
                            + " pairs (Holm) and decide; brackets are 95% intervals of each"
                            + " difference alone, uncorrected.");
        }
    }

    private static String diverged(Summary s) {
        int without = s.seeds() - s.score().n();
        return s.recipe()
                + ": "
                + s.diverged()
                + " of "
                + Figures.count(s.seeds(), "run")
                + " diverged"
                + (without == 0
                        ? ", counted with their predictions."
                        : "; " + without + " predicted nothing and are missing from its figures.");
    }

    /** The lines, one under the other. */
    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
