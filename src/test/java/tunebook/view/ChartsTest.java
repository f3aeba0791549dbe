package tunebook.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tunebook.stats.Metric;
import tunebook.study.Comparison;
import tunebook.study.Summary;
import tunebook.train.CurvePoint;

class ChartsTest {
    private static final String[] SIX = {
        "zero-shot",
        "prompt tuning 20",
        "lora(8)",
        "partial, last 1",
        "a recipe with a name far too long to stand beside a chart",
        "full"
    };
    private final Comparison comparison = Samples.comparison(3, SIX);

    @ParameterizedTest
    @EnumSource(Against.class)
    void everyRecipeIsAPointWithItsIntervalAndItsLabel(Against against) throws Exception {
        Plot plot = Charts.against(comparison, Metric.ACCURACY, against);
        Map<String, XYSeries> series = plot.chart().getSeriesMap();
        assertEquals(SIX.length, series.size());
        int i = 0;
        for (XYSeries point : series.values()) {
            Summary summary = comparison.summaries().get(i++);
            assertEquals(summary.score().mean(), point.getYData()[0], 1e-15);
            assertEquals(
                    summary.score().high(), point.getYData()[0] + point.getExtraValues()[0], 1e-12);
            assertTrue(point.isShowInLegend());
        }
        assertTrue(plot.description().contains("lora(8): accuracy"), plot.description());
        sample("accuracy-against-" + against.name().toLowerCase(java.util.Locale.ROOT), plot);
    }

    @Test
    void theParetoFrontJoinsWhatNoOtherBeatsInBoth() throws Exception {
        Comparison four = Samples.everDearer(0.6, 0.75, 0.65, 0.9);
        Plot plot = Charts.against(four, Metric.ACCURACY, Against.TRAINABLE_PARAMETERS);
        XYSeries front = plot.chart().getSeriesMap().get(" Pareto front");
        double[] means = four.summaries().stream().mapToDouble(s -> s.score().mean()).toArray();
        assertArrayEquals(new double[] {means[0], means[1], means[3]}, front.getYData());
        assertFalse(front.isShowInLegend());
        sample("pareto-front", plot);
        assertNull(
                Charts.against(comparison, Metric.ACCURACY, Against.TRAINABLE_PARAMETERS)
                        .chart()
                        .getSeriesMap()
                        .get(" Pareto front"),
                "the cheapest is the best: there is nothing to join");
    }

    @Test
    void learningCurvesHaveALineWithItsBandForEachRecipe() throws Exception {
        Plot plot = CurveCharts.learning(comparison);
        Map<String, XYSeries> series = plot.chart().getSeriesMap();
        long lines = series.values().stream().filter(XYSeries::isShowInLegend).count();
        assertEquals(SIX.length, lines);
        assertEquals(3 * SIX.length, series.size(), "a mean and two bounds each");
        sample("learning-curves", plot);
    }

    @Test
    void aRecipeThatTrainsNothingStandsAtZero() {
        XYChart chart =
                Charts.against(comparison, Metric.ACCURACY, Against.TRAINABLE_PARAMETERS).chart();
        double zero = chart.getSeriesMap().get("zero-shot").getXData()[0];
        double next = chart.getSeriesMap().get("prompt tuning 20").getXData()[0];
        assertEquals(Math.log10(37 * 10), next, 1e-12);
        assertEquals(1, zero);
        var names = chart.getStyler().getxAxisTickLabelsFormattingFunction();
        assertEquals("0", names.apply(zero));
        assertEquals("100", names.apply(2.0));
        assertEquals("10k", names.apply(4.0));
        assertTrue(names.apply(2.5).isBlank());
    }

    @Test
    void recipesThatAllTrainNothingGetAPlainAxis() {
        Plot plot =
                Charts.against(
                        Samples.comparison(2, "only"),
                        Metric.ACCURACY,
                        Against.TRAINABLE_PARAMETERS);
        assertEquals(0, plot.chart().getSeriesMap().get("only").getXData()[0]);
        assertTrue(plot.png().length > 1000);
    }

    @Test
    void oneSeedHasNoErrorBar() throws Exception {
        Comparison once = Samples.comparison(1, "a", "b");
        Plot plot = Charts.against(once, Metric.ACCURACY, Against.SECONDS);
        for (XYSeries point : plot.chart().getSeriesMap().values()) {
            assertEquals(null, point.getExtraValues());
        }
        assertEquals(2, Charts.metric(once, Metric.ACCURACY).chart().getSeriesMap().size());
        sample("one-seed", Charts.metric(once, Metric.ACCURACY));
    }

    @Test
    void accuracyByRecipeHasARowEachWithItsInterval() throws Exception {
        Plot plot = Charts.metric(comparison, Metric.ACCURACY);
        XYChart chart = plot.chart();
        assertEquals(2 * SIX.length, chart.getSeriesMap().size());
        var names = chart.getStyler().getyAxisTickLabelsFormattingFunction();
        assertEquals("zero-shot", names.apply(5.0));
        assertEquals("full", names.apply(0.0));
        assertTrue(names.apply(0.5).isBlank());
        assertEquals(
                comparison.summaries().get(5).score().low(),
                chart.getSeriesMap().get("interval 5").getXData()[0]);
        sample("accuracy", plot);
    }

    @Test
    void lossIsTheMeanOverSeedsSoFar() throws Exception {
        List<LossCurve> curves = new ArrayList<>();
        for (int r = 0; r < 6; r++) {
            for (int seed = 0; seed < 3; seed++) {
                List<CurvePoint> points = new ArrayList<>();
                for (int step = 10; step <= (seed == 2 ? 300 : 600); step += 10) {
                    double loss = 0.7 * Math.exp(-step / (150.0 + 100 * r)) + 0.02 * seed;
                    double shown = step == 20 ? Double.NaN : loss;
                    points.add(new CurvePoint(step, step / 200.0, shown, loss, 0.5));
                }
                curves.add(new LossCurve(SIX[r], points));
            }
        }
        Plot plot = Charts.loss(curves);
        XYSeries first = plot.chart().getSeriesMap().get(" curve 0");
        assertTrue(plot.chart().getSeriesMap().get("zero-shot").isShowInLegend());
        assertEquals(0.7 * Math.exp(-10 / 150.0) + 0.02, first.getYData()[0], 1e-12);
        assertEquals(30, first.getXData()[1], "a step without a loss is left out");
        assertEquals(600, first.getXData()[first.getXData().length - 1]);
        assertEquals(
                0.7 * Math.exp(-600 / 150.0) + 0.01,
                first.getYData()[first.getYData().length - 1],
                1e-12);
        assertTrue(plot.description().contains("zero-shot: loss 0.023 at step 600"));
        sample("loss", plot);
    }

    @Test
    void aLongRunIsThinnedOutButKeepsItsEnds() {
        List<CurvePoint> points = new ArrayList<>();
        for (int step = 1; step <= 20_000; step++) {
            points.add(new CurvePoint(step, 0, 1.0 / step, Double.NaN, Double.NaN));
        }
        Plot plot = Charts.loss(List.of(new LossCurve("full", points)));
        double[] x = plot.chart().getSeriesMap().get(" curve 0").getXData();
        assertTrue(x.length <= 105, "points " + x.length);
        assertEquals(1, x[0]);
        assertEquals(20_000, x[x.length - 1]);
    }

    @Test
    void nothingMeasuredYetGivesAnEmptyChart() {
        Plot none = Charts.loss(List.of());
        Plot unmeasured =
                Charts.loss(
                        List.of(
                                new LossCurve(
                                        "full", List.of(new CurvePoint(1, 0, Double.NaN, 0, 0)))));
        assertTrue(none.svg().contains("role=\"img\""));
        assertTrue(unmeasured.chart().getSeriesMap().isEmpty());
        assertTrue(unmeasured.png().length > 1000);
    }

    /** XChart can look for a place for its labels for ever; ours must always have one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 12, 40, 120})
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anyNumberOfRecipesIsDrawn(int recipes) {
        String[] names = new String[recipes];
        for (int i = 0; i < recipes; i++) names[i] = "recipe " + i;
        Comparison many = Samples.comparison(2, names);
        for (Against against : Against.values()) {
            assertTrue(Charts.against(many, Metric.ACCURACY, against).png().length > 1000);
        }
        Plot rows = Charts.metric(many, Metric.ACCURACY);
        assertTrue(rows.png().length > 1000);
        long bars = many.summaries().stream().filter(s -> s.score().bounded()).count();
        assertEquals(recipes + bars, rows.chart().getSeriesMap().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 24})
    void ofManyRecipesTheBestSevenStandInFrontAndAllAreNamed(int recipes) throws Exception {
        Comparison many = Samples.many(recipes);
        Plot curves = CurveCharts.learning(many);
        Plot loss = Charts.loss(many.runs().stream().map(LossCurve::of).toList());
        for (Plot plot : List.of(curves, loss)) {
            assertTrue(plot.title().endsWith(", the best 7 of " + recipes + " in front"));
            List<XYSeries> named =
                    plot.chart().getSeriesMap().values().stream()
                            .filter(XYSeries::isShowInLegend)
                            .toList();
            assertEquals(recipes, named.size());
            Set<String> looks = new HashSet<>();
            for (XYSeries line : named)
                looks.add(
                        line.getLineColor()
                                + " "
                                + line.getMarker()
                                + line.getLineStyle().getLineWidth()
                                + Arrays.toString(line.getLineStyle().getDashArray()));
            assertEquals(recipes, looks.size(), "all look different");
            for (int i = 0; i < recipes; i++)
                assertEquals(i >= 7, named.get(i).getMarker() == SeriesMarkers.NONE, "at " + i);
        }
        List<Double> last =
                curves.chart().getSeriesMap().values().stream()
                        .map(line -> line.getYData()[line.getYData().length - 1])
                        .toList();
        assertEquals(last.stream().sorted(Comparator.reverseOrder()).toList(), last);
        sample("accuracy-of-" + recipes, Charts.metric(many, Metric.ACCURACY));
        sample("seconds-of-" + recipes, Charts.against(many, Metric.ACCURACY, Against.SECONDS));
        sample("learning-curves-of-" + recipes, curves);
        sample("loss-of-" + recipes, loss);
    }

    @Test
    void sevenRecipesKeepTheirOrderAndEightAreDivided() {
        List<Double> seven = List.of(3.0, 1.0, 7.0, 2.0, 5.0, Double.NaN, 4.0);
        Foremost all = Foremost.of(seven, Metric.ACCURACY::compare);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), all.order());
        assertEquals("", all.words());
        List<Double> eight = new ArrayList<>(seven);
        eight.add(6.0);
        Foremost some = Foremost.of(eight, Metric.ACCURACY::compare);
        assertEquals(List.of(2, 7, 4, 6, 0, 3, 1, 5), some.order());
        assertFalse(some.has(5), "what has no value is worst");
        assertEquals(2, Foremost.of(eight, Metric.MAE::compare).order().get(6));
    }

    @Test
    void sixtyRecipesAllLookDifferent() {
        Set<String> looks = new HashSet<>();
        for (int i = 0; i < 60; i++) looks.add(Palette.color(i) + " " + Palette.marker(i));
        assertEquals(60, looks.size());
    }

    @Test
    void neighboursDifferInColourAndMarker() {
        for (int i = 0; i < 40; i++) {
            assertNotEquals(Palette.color(i), Palette.color(i + 1));
            assertNotEquals(Palette.marker(i), Palette.marker(i + 1));
        }
    }

    @Test
    void theSvgIsTransparentNamedAndFollowsThePage() {
        Plot plot = Charts.metric(comparison, Metric.ACCURACY);
        assertTrue(plot.svg().startsWith("<?xml"));
        assertTrue(
                plot.svg().contains("<title>Accuracy with 95% intervals over the seeds</title>"));
        assertTrue(plot.svg().contains("rgb(118,118,118)"));
        assertFalse(plot.svg().contains("rgb(34,34,34)") || plot.svg().contains("DOCTYPE"));
        assertTrue(plot.html().startsWith("<img "), plot.html());
        assertTrue(plot.html().contains("data:image/svg+xml;base64,"), plot.html());
        System.out.println("accuracy of six recipes as SVG: " + plot.svg().length() + " bytes");
        assertTrue(plot.svg().length() < 200_000);
    }

    @Test
    void thePngHasTwiceTheChartsSizeOnWhite() throws Exception {
        Plot plot = Charts.metric(comparison, Metric.ACCURACY);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(plot.png()));
        assertEquals(2 * plot.chart().getWidth(), image.getWidth());
        assertEquals(Color.WHITE.getRGB(), image.getRGB(0, 0));
    }

    @Test
    void aPersonsOwnStyleIsDrawn() {
        Plot plot = Charts.metric(comparison, Metric.ACCURACY);
        plot.chart().getSeriesMap().get("mean 0").setMarkerColor(new Color(1, 2, 3));
        assertTrue(plot.svg().contains("rgb(1,2,3)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n", "a\nb", "\u0000"})
    void namesThatCannotBeShownGetALabel(String name) {
        String label = Labels.of(List.of(name, name)).get(0);
        assertFalse(label.isBlank());
        assertFalse(label.chars().anyMatch(Character::isISOControl));
        assertEquals(label + " (2)", Labels.of(List.of(name, name)).get(1));
    }

    /** Leaves the pictures where a person can look at them. */
    private static void sample(String name, Plot plot) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "views"));
        Files.write(folder.resolve(name + ".png"), plot.png());
        Files.writeString(folder.resolve(name + ".svg"), plot.svg());
    }
}
