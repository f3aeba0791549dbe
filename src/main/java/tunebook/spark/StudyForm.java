package tunebook.spark;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.model.Backbone;
import tunebook.model.Model;
import tunebook.recipe.Recipe;
import tunebook.study.Study;
import tunebook.train.Source;

/**
 * What of a study its runs depend on.
 *
 * @param backbone pre-trained model
 * @param data examples
 * @param recipes in the order of the study
 * @param source what the backbone could do before
 * @param seeds how many
 * @param limit most tokens of a text; 0 for as many as there are positions
 */
record StudyForm(
        Backbone backbone,
        Dataset<?> data,
        List<Recipe> recipes,
        Optional<Source> source,
        int seeds,
        int limit) {
    /** Most bytes of weights: an array has no room for more. */
    private static final long MOST = 2_000_000_000;

    /**
     * @throws TunebookException if the study has something that other machines cannot make anew
     */
    static StudyForm of(Study study) {
        Backbone backbone = study.backbone();
        String where = "study(\"" + study.question() + "\") on Spark";
        if (!backbone.model().getClass().getPackage().equals(Model.class.getPackage()))
            throw new TunebookException(
                    where,
                    "backbone " + backbone.name() + " is a DL4J or Keras network",
                    "leave .on(spark(…)) out, or take a backbone of pretrained(…), hub(…) or"
                            + " untrained(…)");
        if (4 * backbone.weights().elements() > MOST)
            throw new TunebookException(
                    where,
                    "backbone " + backbone.name() + " has more than 500 million weights",
                    "leave .on(spark(…)) out, or take a smaller backbone");
        return new StudyForm(
                backbone,
                study.data(),
                study.recipes(),
                study.entrants().source(),
                study.seeds(),
                study.execution().limit());
    }

    /** The study again; only what its runs depend on is as it was. */
    Study study(IntFunction<Engine> engine) {
        Study study =
                Study.of("runs elsewhere", engine)
                        .backbone(backbone)
                        .data(data)
                        .recipes(recipes.toArray(Recipe[]::new))
                        .seeds(seeds);
        if (limit > 0) study = study.limit(limit);
        return source.isPresent() ? study.source(source.get()) : study;
    }
}
