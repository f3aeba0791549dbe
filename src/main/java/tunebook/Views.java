package tunebook;

import java.util.function.Function;
import tech.tablesaw.api.Table;
import tunebook.course.Checked;
import tunebook.data.Dataset;
import tunebook.data.Picture;
import tunebook.notebook.Host;
import tunebook.notebook.Renderer;
import tunebook.recipe.Recipe;
import tunebook.study.Advisor;
import tunebook.study.Diagnoses;
import tunebook.study.Forecast;
import tunebook.study.RangeTests;
import tunebook.study.Regret;
import tunebook.study.Result;
import tunebook.study.Review;
import tunebook.study.Search;
import tunebook.study.SizeCurve;
import tunebook.study.VerdictText;
import tunebook.study.WrongEntities;
import tunebook.train.Answer;
import tunebook.train.LabelSet;
import tunebook.train.Prediction;
import tunebook.train.Samples;
import tunebook.train.Tagged;
import tunebook.view.AnswerHtml;
import tunebook.view.AnswerTables;
import tunebook.view.CurveCharts;
import tunebook.view.EntityHtml;
import tunebook.view.Gallery;
import tunebook.view.Html;
import tunebook.view.Plot;
import tunebook.view.RateCharts;
import tunebook.view.SamplesHtml;
import tunebook.view.Thumbnail;

/** What each of Tunebook's values looks like in a notebook. */
public final class Views {
    private Views() {}

    /** A type that is shown as its table, whole. */
    private static <T> void tables(Host host, Class<T> type, Function<T, Table> table) {
        host.register(
                Renderer.of(type)
                        .text(value -> table.apply(value).print(Integer.MAX_VALUE))
                        .html(value -> Html.table(table.apply(value))));
    }

    /** Tells a notebook how to show them. */
    public static void register(Host host) {
        host.register(
                Renderer.of(Plot.class).text(Plot::description).html(Plot::html).png(Plot::png));
        host.register(
                Renderer.of(VerdictText.class).text(VerdictText::toString).html(Html::verdict));
        host.register(
                Renderer.of(Result.class)
                        .text(r -> r.table().print(Integer.MAX_VALUE) + "\n" + r.verdict())
                        .html(r -> Html.table(r.table()) + Html.verdict(r.verdict())));
        host.register(
                Renderer.of(Search.class)
                        .text(s -> s.table().print(Integer.MAX_VALUE))
                        .html(s -> Html.table(s.cost()) + RateCharts.rates(s).html()));
        host.register(
                Renderer.of(RangeTests.class)
                        .text(t -> t.table().print(Integer.MAX_VALUE))
                        .html(t -> Html.table(t.table()) + RateCharts.losses(t).html()));
        host.register(
                Renderer.of(SizeCurve.class)
                        .text(c -> c.table().print(Integer.MAX_VALUE))
                        .html(c -> Html.table(c.table()) + CurveCharts.sizes(c).html()));
        tables(host, Diagnoses.class, Diagnoses::table);
        tables(host, Forecast.class, Forecast::table);
        tables(host, Advisor.class, Advisor::table);
        tables(host, Regret.class, Regret::table);
        host.register(
                Renderer.of(Dataset.class)
                        .text(d -> d.describe().print())
                        .html(d -> Html.table(d.describe())));
        host.register(Renderer.of(Recipe.class).text(r -> r.name() + " " + r.settings()));
        host.register(Renderer.of(Checked.class).text(Checked::toString));
        host.register(Renderer.of(Prediction.class).text(Views::words));
        host.register(Renderer.of(Samples.class).text(SamplesHtml::text).html(SamplesHtml::of));
        host.register(
                Renderer.of(LabelSet.class)
                        .text(AnswerTables::line)
                        .html(set -> Html.table(AnswerTables.labels(set))));
        host.register(Renderer.of(Tagged.class).text(Tagged::toString).html(EntityHtml::tagged));
        host.register(Renderer.of(Answer.class).text(AnswerHtml::text).html(AnswerHtml::html));
        host.register(
                Renderer.of(WrongEntities.class)
                        .text(w -> w.table().print(Integer.MAX_VALUE))
                        .html(EntityHtml::wrong));
        host.register(Renderer.of(Picture.class).text(Views::words).png(Thumbnail::png));
        host.register(
                Renderer.of(Review.class)
                        .text(r -> r.table().print(Integer.MAX_VALUE))
                        .html(Views::review));
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
