package tunebook;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;
import tunebook.course.Checked;
import tunebook.data.Dataset;
import tunebook.data.Picture;
import tunebook.deploy.Deployed;
import tunebook.notebook.Host;
import tunebook.notebook.Renderer;
import tunebook.recipe.Recipe;
import tunebook.study.Advisor;
import tunebook.study.Baseline;
import tunebook.study.Confusion;
import tunebook.study.DataCard;
import tunebook.study.Diagnoses;
import tunebook.study.Forecast;
import tunebook.study.Matrix;
import tunebook.study.ModelCard;
import tunebook.study.RangeTests;
import tunebook.study.Regret;
import tunebook.study.Result;
import tunebook.study.Review;
import tunebook.study.Search;
import tunebook.study.SizeCurve;
import tunebook.study.VerdictText;
import tunebook.study.WrongEntities;
import tunebook.train.Answer;
import tunebook.train.AttentionMap;
import tunebook.train.LabelSet;
import tunebook.train.Prediction;
import tunebook.train.Samples;
import tunebook.train.Tagged;
import tunebook.view.AnswerHtml;
import tunebook.view.AnswerTables;
import tunebook.view.AttentionHtml;
import tunebook.view.BaselineChart;
import tunebook.view.ConfusionHtml;
import tunebook.view.CurveCharts;
import tunebook.view.EntityHtml;
import tunebook.view.Gallery;
import tunebook.view.Html;
import tunebook.view.Markdown;
import tunebook.view.MatrixHtml;
import tunebook.view.Plot;
import tunebook.view.RateCharts;
import tunebook.view.SamplesHtml;
import tunebook.view.Thumbnail;

/** What each of Tunebook's values looks like in a notebook. */
public final class Views {
    private static final List<Renderer<?>> OURS =
            List.of(
                    Renderer.of(Plot.class)
                            .text(Plot::description)
                            .html(Plot::html)
                            .svg(Plot::svg)
                            .png(Plot::png),
                    Renderer.of(VerdictText.class)
                            .text(VerdictText::toString)
                            .html(Html::verdict)
                            .markdown(Markdown::verdict),
                    judged(Result.class, Result::table, Result::verdict, r -> ""),
                    judged(
                                    Baseline.class,
                                    Baseline::table,
                                    Baseline::verdict,
                                    b -> BaselineChart.of(b).html())
                            .svg(b -> BaselineChart.of(b).svg())
                            .png(b -> BaselineChart.of(b).png()),
                    Renderer.of(Diagnoses.class).table(Diagnoses::table),
                    Renderer.of(Forecast.class).table(Forecast::table),
                    Renderer.of(Advisor.class).table(Advisor::table),
                    Renderer.of(Regret.class).table(Regret::table),
                    Renderer.of(Matrix.class).table(Matrix::table).html(MatrixHtml::of),
                    Renderer.of(Confusion.class).table(Confusion::table).html(ConfusionHtml::of),
                    Renderer.of(ModelCard.class).tables(ModelCard::tables),
                    Renderer.of(Deployed.class).tables(Deployed::tables),
                    Renderer.of(Help.class).tables(Help::tables),
                    Renderer.of(DataCard.class).tables(DataCard::tables),
                    Renderer.of(AttentionMap.class)
                            .table(AttentionHtml::table)
                            .text(AttentionHtml::text)
                            .html(AttentionHtml::of),
                    Renderer.of(Search.class)
                            .table(Search::table)
                            .html(s -> Html.table(s.cost()) + RateCharts.rates(s).html()),
                    Renderer.of(RangeTests.class)
                            .table(RangeTests::table)
                            .html(t -> Html.table(t.table()) + RateCharts.losses(t).html()),
                    Renderer.of(SizeCurve.class)
                            .table(SizeCurve::table)
                            .html(c -> Html.table(c.table()) + CurveCharts.sizes(c).html()),
                    Renderer.of(Dataset.class)
                            .table(d -> d.describe())
                            .text(d -> d.describe().print()),
                    Renderer.of(Recipe.class).text(Recipe::line),
                    Renderer.of(Checked.class).text(Checked::toString),
                    Renderer.of(Prediction.class).text(Views::words),
                    Renderer.of(Samples.class).text(SamplesHtml::text).html(SamplesHtml::of),
                    Renderer.of(LabelSet.class)
                            .table(AnswerTables::labels)
                            .text(AnswerTables::line),
                    Renderer.of(Tagged.class).text(Tagged::toString).html(EntityHtml::tagged),
                    Renderer.of(Answer.class).text(AnswerHtml::text).html(AnswerHtml::html),
                    Renderer.of(WrongEntities.class)
                            .table(WrongEntities::table)
                            .html(EntityHtml::wrong),
                    Renderer.of(Picture.class).text(Views::words).png(Thumbnail::png),
                    Renderer.of(Review.class).table(Review::table).html(Views::review));

    private Views() {}

    /** Tells a notebook how to show them. */
    public static void register(Host host) {
        OURS.forEach(host::register);
    }

    /** Of everything that is shown, our values first. */
    static Stream<Renderer<?>> all() {
        return Stream.concat(OURS.stream(), Renderer.USUAL.stream());
    }

    /** A table with its verdict below, and between them, where there is one, a chart. */
    private static <T> Renderer<T> judged(
            Class<T> type,
            Function<T, Table> table,
            Function<T, VerdictText> verdict,
            Function<T, String> chart) {
        return Renderer.of(type)
                .table(table)
                .text(v -> table.apply(v).print(Integer.MAX_VALUE) + "\n" + verdict.apply(v))
                .html(
                        v ->
                                Html.table(table.apply(v))
                                        + chart.apply(v)
                                        + Html.verdict(verdict.apply(v)))
                .markdown(
                        v ->
                                Markdown.table(table.apply(v))
                                        + "\n"
                                        + Markdown.verdict(verdict.apply(v)));
    }

    /** Pictures as such, texts in a table. */
    private static String review(Review review) {
        Gallery pictures = Gallery.of(review);
        return pictures.items().isEmpty() ? Html.table(review.table()) : pictures.html();
    }

    private static String words(Picture picture) {
        String kind = picture.channels() == 1 ? "grey" : "coloured";
        return kind + " picture, " + picture.width() + " × " + picture.height();
    }

    private static String words(Prediction prediction) {
        return String.format(
                java.util.Locale.ROOT,
                "%s (%.0f%%)",
                prediction.label(),
                100 * prediction.probability());
    }
}
