package tunebook.support;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.Help;
import tunebook.core.Showable;
import tunebook.course.Checked;
import tunebook.data.Bio;
import tunebook.data.Dataset;
import tunebook.data.Example;
import tunebook.data.ImageExample;
import tunebook.data.Picture;
import tunebook.data.TextExample;
import tunebook.data.TextTable;
import tunebook.deploy.Deployed;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Full;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.study.Advisor;
import tunebook.study.Answered;
import tunebook.study.Baseline;
import tunebook.study.Comparison;
import tunebook.study.Confusion;
import tunebook.study.DataCard;
import tunebook.study.Diagnoses;
import tunebook.study.Diagnosis;
import tunebook.study.Diagnosis.Sign;
import tunebook.study.Forecast;
import tunebook.study.Matrix;
import tunebook.study.ModelCard;
import tunebook.study.RangeTests;
import tunebook.study.Regret;
import tunebook.study.Result;
import tunebook.study.Review;
import tunebook.study.RunResult;
import tunebook.study.Runs;
import tunebook.study.Search;
import tunebook.study.SizeCurve;
import tunebook.study.Study;
import tunebook.study.VerdictText;
import tunebook.study.WrongEntities;
import tunebook.train.Answer;
import tunebook.train.AttentionMap;
import tunebook.train.LabelSet;
import tunebook.train.Maps;
import tunebook.train.Prediction;
import tunebook.train.RangeTest;
import tunebook.train.RunCost;
import tunebook.train.Samples;
import tunebook.train.Tagged;
import tunebook.view.Charts;
import tunebook.view.Gallery;
import tunebook.view.Plot;

/** A value of each type that is shown, every name and text in it a given one. */
public final class Shown {
    private Shown() {}

    /** By type: makes the value from a text. */
    public static Map<Class<?>, Function<String, Object>> makers() {
        Map<Class<?>, Function<String, Object>> makers = new LinkedHashMap<>();
        makers.put(Plot.class, Shown::plot);
        makers.put(VerdictText.class, s -> comparison(s).verdict());
        makers.put(Result.class, Shown::result);
        makers.put(Baseline.class, s -> result(s).against(s));
        makers.put(
                Diagnoses.class,
                s -> new Diagnoses(List.of(new Diagnosis(s, Sign.OVERFITTING, s, s))));
        makers.put(Forecast.class, Shown::forecast);
        makers.put(Advisor.class, Shown::advisor);
        makers.put(Regret.class, s -> new Regret(s, s, 0, 0.2, result(s)));
        makers.put(Checked.class, s -> new Checked(1, false, s));
        makers.put(Deployed.class, s -> new Deployed(Path.of("folder"), table(s), List.of(s)));
        makers.put(ModelCard.class, s -> new ModelCard(List.of(table(s), table(s))));
        makers.put(Help.class, s -> new Help(List.of(table(s), table(s))));
        makers.put(DataCard.class, s -> DataCard.of(data(s)));
        makers.put(Confusion.class, s -> comparison(s).confusion(s));
        makers.put(Matrix.class, s -> result(s).matrix());
        makers.put(AttentionMap.class, s -> Maps.of(s, s, s + s));
        makers.put(Search.class, Shown::search);
        makers.put(
                RangeTests.class,
                s ->
                        new RangeTests(
                                Map.of(s, new RangeTest(List.of(point(1e-3), point(1e-2)))),
                                Map.of(s, 0.1)));
        makers.put(SizeCurve.class, s -> new SizeCurve(Map.of(10, comparison(s))));
        makers.put(Dataset.class, Shown::data);
        makers.put(Recipe.class, s -> new Full().named(s));
        makers.put(Prediction.class, s -> new Prediction(s, 0.5, Map.of(s, 0.5)));
        makers.put(
                Samples.class, s -> new Samples(s, s, s, List.of(new Samples.Pair(s + s, s + s))));
        makers.put(LabelSet.class, s -> new LabelSet(List.of(s), Map.of(s, 0.9)));
        makers.put(Tagged.class, Shown::tagged);
        makers.put(Answer.class, s -> new Answer(s, s.length(), 2 * s.length(), 0.5, s + s + s));
        makers.put(WrongEntities.class, Shown::wrong);
        makers.put(Picture.class, s -> picture());
        makers.put(Review.class, s -> review(s, new TextExample(s, s, 0, s)));
        makers.put(
                Showable.class, s -> Gallery.of(review(s, new ImageExample(s, picture(), 0, s))));
        makers.put(Table.class, Shown::table);
        makers.put(Chart.class, Shown::chart);
        return makers;
    }

    /** A comparison of two recipes in two classes, one of each named so. */
    public static Comparison comparison(String s) {
        List<RunResult> runs =
                List.of(
                        Runs.finished(s, 1, 0.9, 60),
                        Runs.finished(s, 2, 0.8, 60),
                        Runs.finished("other", 1, 0.7, 60),
                        Runs.finished("other", 2, 0.6, 60));
        return Comparison.of(
                runs.stream().map(run -> Runs.renamed(run, s, "other")).toList(),
                List.of(s, "other"));
    }

    /** Text, label and name of the data are this; data with NUL characters are refused. */
    public static Dataset<TextExample> data(String any) {
        String s = any.replace('\0', '0');
        return TextTable.of(
                        s,
                        Table.create(
                                StringColumn.create(
                                        "text", IntStream.range(0, 24).mapToObj(i -> s + " " + i)),
                                StringColumn.create(
                                        "label",
                                        IntStream.range(0, 24)
                                                .mapToObj(i -> i % 2 == 0 ? s : "other"))))
                .text("text")
                .label("label")
                .split(0.5, 0.25, 0.25);
    }

    private static Plot plot(String s) {
        return Charts.metric(comparison(s), Metric.ACCURACY);
    }

    private static Result result(String s) {
        Study study = Study.of(s, Nd4jEngine::new).data(data(s)).recipes(new Full().named(s));
        return Runs.result(study, comparison(s));
    }

    private static Forecast forecast(String s) {
        Forecast.Cost cost = new Forecast.Cost(s, 10, 4, new RunCost(2, 10, 10), 10, 1);
        return new Forecast(List.of(cost), 1, s, 1);
    }

    private static Advisor advisor(String s) {
        Study study = Study.of(s, Nd4jEngine::new).data(data(s)).recipes(new Full().named(s));
        return new Advisor(study, List.of(Runs.finished(s, 1, 0.9, 20)));
    }

    private static Search search(String s) {
        Recipe recipe = new Full().named(s);
        Study study = Study.of(s, Nd4jEngine::new).recipes(recipe);
        return new Search(
                study,
                List.of(
                        new Search.Trial(s, recipe, 1, 1, Metric.ACCURACY, 0.5, 0.7, 1),
                        new Search.Trial(
                                s, recipe.learningRate(0.5), 1, 1, Metric.ACCURACY, 0.6, 0.6, 1)));
    }

    private static RangeTest.Point point(double rate) {
        return new RangeTest.Point(rate, 0.5);
    }

    /** A text around, between and in its entities. */
    private static Tagged tagged(String s) {
        int n = s.length();
        return new Tagged(
                s + " " + s + " " + s,
                List.of(
                        new Tagged.Entity(s, 0, n, s, 0.98),
                        new Tagged.Entity("PER", n + 1, 2 * n + 1, s, 0.5)),
                List.of(s, "PER"));
    }

    private static WrongEntities wrong(String s) {
        WrongEntities.Sentence sentence =
                new WrongEntities.Sentence(
                        s,
                        List.of(s, s),
                        List.of(new Bio.Span(s, 0, 1)),
                        List.of(new Bio.Span("PER", 0, 2)));
        return new WrongEntities(s, 1, 3, List.of(s, "PER"), List.of(sentence));
    }

    private static Picture picture() {
        return TinyPictures.half(true, 6, 5, 3, 1);
    }

    private static Review review(String s, Example example) {
        Prediction prediction = new Prediction(s, 0.75, Map.of(s, 0.75, "other", 0.25));
        return new Review(s, List.of(new Answered(example, prediction)));
    }

    private static Table table(String s) {
        return Table.create(
                s, StringColumn.create(s, s, "cell"), IntColumn.create("n", new int[] {1, 2}));
    }

    /** XChart itself refuses names with empty lines. */
    private static XYChart chart(String any) {
        String s = any.replaceAll("\\s+", " ");
        XYChart chart =
                new XYChartBuilder().title(s).xAxisTitle(s).yAxisTitle(s).width(300).build();
        chart.addSeries(s, new double[] {1, 2}, new double[] {3, 4});
        return chart;
    }
}
