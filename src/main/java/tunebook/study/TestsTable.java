package tunebook.study;

import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.stats.Bootstrap;
import tunebook.stats.Interval;
import tunebook.stats.Intervals;
import tunebook.stats.McNemar;
import tunebook.stats.Metric;
import tunebook.stats.Paired;
import tunebook.stats.PairedT;
import tunebook.stats.Permutation;

/** What the usual tests say of one pair of recipes, beside the verdict's own. */
final class TestsTable {
    private static final double LEVEL = 0.95;
    private static final String RUNS = "these two runs";
    private static final String ONLY_SEEDS = "these test examples; independent seeds";
    private static final String EXAMPLES = "; independent examples";
    private static final String NORMAL = "; a mean difference that is roughly normal";
    private static final String SYMMETRIC = "; differences alike to either side";

    private final Metric metric;
    private final StringColumn test = StringColumn.create("test");
    private final StringColumn over = StringColumn.create("over");
    private final StringColumn interval = StringColumn.create("95%");
    private final DoubleColumn p = DoubleColumn.create("p");
    private final StringColumn granted = StringColumn.create("takes for granted");

    private TestsTable(Metric metric) {
        this.metric = metric;
        p.setPrintFormatter(Figures.format("0.0000"), "–");
    }

    /**
     * A row for each test.
     *
     * @param first [seed, example]: scores of a
     * @param second of b, with the same seeds
     */
    static Table of(
            Comparison comparison, String a, String b, double[][] first, double[][] second) {
        TestsTable rows = new TestsTable(comparison.metric());
        Paired paired = comparison.pair(a, b).paired();
        if (comparison.byExamples()) rows.fill(paired, first, second);
        else rows.seeds(paired, bySeed(first, second));
        return Table.create(
                        a
                                + " minus "
                                + b
                                + ": "
                                + Figures.difference(rows.metric, paired.difference().mean())
                                + " "
                                + Figures.unit(rows.metric)
                                + ", p values not corrected, on this one split of the data")
                .addColumns(rows.test, rows.over, rows.interval, rows.p, rows.granted);
    }

    /** Where nothing is known of single examples. */
    private void seeds(Paired paired, double... bySeed) {
        String seeds = Figures.count(paired.seeds(), "seed");
        row(
                "paired t test (the verdict's)",
                seeds,
                paired.difference(),
                paired.p(),
                ONLY_SEEDS + NORMAL);
        if (paired.seeds() > 1) signs(seeds, bySeed);
    }

    private void signs(String seeds, double... bySeed) {
        row("permutation of signs", seeds, null, Permutation.p(bySeed), ONLY_SEEDS + SYMMETRIC);
    }

    private void fill(Paired paired, double[][] first, double[][] second) {
        int seeds = paired.seeds();
        int examples = paired.examples();
        String both = Figures.count(seeds, "seed") + ", " + Figures.count(examples, "example");
        row(
                "analysis of variance (the verdict's)",
                both,
                paired.difference(),
                paired.p(),
                (seeds > 1 ? "this split; independent seeds and examples" : RUNS + EXAMPLES)
                        + NORMAL);
        if (seeds == 0 || examples == 0) return;
        double[] bySeed = bySeed(first, second);
        double[] byExample = byExample(first, second);
        if (seeds > 1) {
            row(
                    "paired t test",
                    Figures.count(seeds, "seed"),
                    Intervals.overSeeds(bySeed, LEVEL),
                    PairedT.p(bySeed),
                    ONLY_SEEDS + NORMAL);
            signs(Figures.count(seeds, "seed"), bySeed);
        }
        row(
                "permutation of signs",
                Figures.count(examples, "example"),
                null,
                Permutation.p(byExample),
                "these seeds" + EXAMPLES + SYMMETRIC);
        row(
                "paired bootstrap",
                Figures.count(examples, "example"),
                Bootstrap.interval(byExample, LEVEL),
                Double.NaN,
                "these seeds" + EXAMPLES);
        if (!McNemar.answers(first[0]) || !McNemar.answers(second[0])) return;
        McNemar runs = McNemar.of(first[0], second[0]);
        row(
                "McNemar's, first seed",
                runs.onlyFirst() + " and " + runs.onlySecond() + " right alone",
                null,
                runs.p(),
                RUNS + EXAMPLES);
    }

    private void row(String name, String what, Interval bounds, double value, String given) {
        test.append(name);
        over.append(what);
        interval.append(bounds == null ? "–" : Figures.difference(metric, bounds));
        p.append(value);
        granted.append(given);
    }

    private static double[] bySeed(double[][] first, double[][] second) {
        double[] means = new double[first.length];
        for (int s = 0; s < first.length; s++)
            for (int e = 0; e < first[s].length; e++)
                means[s] += (first[s][e] - second[s][e]) / first[s].length;
        return means;
    }

    private static double[] byExample(double[][] first, double[][] second) {
        double[] means = new double[first[0].length];
        for (int s = 0; s < first.length; s++)
            for (int e = 0; e < means.length; e++)
                means[e] += (first[s][e] - second[s][e]) / first.length;
        return means;
    }
}
