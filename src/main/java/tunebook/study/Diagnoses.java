package tunebook.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.data.Truncation;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.study.Diagnosis.Sign;

/**
 * What is wrong with a study's runs, each finding with the figures that show it.
 *
 * @param all findings about the data first, then recipe by recipe; none where nothing was found
 */
public record Diagnoses(List<Diagnosis> all) {
    /** Keeps its own copy. */
    public Diagnoses {
        all = List.copyOf(all);
    }

    static Diagnoses of(Result result) {
        List<Diagnosis> all = new ArrayList<>();
        truncation(result.study(), result.cautions().cut()).ifPresent(all::add);
        Comparison comparison = result.comparison();
        Metric metric = comparison.ownMetric();
        for (Recipe recipe : result.study().recipes()) {
            List<RunResult> runs =
                    comparison.runs().stream()
                            .filter(run -> run.recipe().equals(recipe.name()))
                            .toList();
            CurveSigns.overfitting(recipe.name(), runs).ifPresent(all::add);
            RateSigns.tooHigh(recipe.name(), comparison.classes(), runs)
                    .or(() -> CurveSigns.underfitting(recipe.name(), runs))
                    .ifPresent(all::add);
            SeedSigns.instability(recipe.name(), metric, runs).ifPresent(all::add);
            AnswerSigns.collapse(recipe.name(), comparison.classes(), runs).ifPresent(all::add);
        }
        TransferSigns.of(result).ifPresent(all::add);
        return new Diagnoses(all);
    }

    private static Optional<Diagnosis> truncation(Study study, Truncation cut) {
        if (cut.texts() == 0) return Optional.empty();
        double lost = (double) cut.tokens() / cut.texts();
        return Optional.of(
                new Diagnosis(
                        "",
                        Sign.TRUNCATION,
                        Figures.count(cut.texts(), "text")
                                + " of "
                                + all(study)
                                + " cut to "
                                + study.textTokens()
                                + " tokens; on average "
                                + Figures.format("0").format(lost)
                                + " tokens of each were lost",
                        study.textTokens() < study.positions()
                                ? "raise .limit(n), up to " + study.positions() + " tokens"
                                : "take a backbone with more positions, or shorter texts"));
    }

    private static int all(Study study) {
        var data = study.data();
        return data.train().size() + data.validation().size() + data.test().size();
    }

    /** A row a finding: recipe, what is wrong, the evidence, what to try. */
    public Table table() {
        return Table.create(all.isEmpty() ? "Nothing stands out" : "What stands out")
                .addColumns(
                        column("recipe", d -> d.recipe().isEmpty() ? "all" : d.recipe()),
                        column("finding", d -> d.sign().words()),
                        column("evidence", Diagnosis::evidence),
                        column("what to try", Diagnosis::mend));
    }

    private StringColumn column(String name, Function<Diagnosis, String> value) {
        return StringColumn.create(name, all.stream().map(value));
    }
}
