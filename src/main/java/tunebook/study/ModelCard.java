package tunebook.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.Weights;
import tunebook.data.Dataset;
import tunebook.recipe.Recipe;
import tunebook.stats.Interval;
import tunebook.stats.Metric;

/**
 * What is to be known of a tuned model by whoever uses it.
 *
 * @param tables what it is and came from; its test metrics; its data; what speaks against it
 */
public record ModelCard(List<Table> tables) {
    /** Keeps its own copy. */
    public ModelCard {
        tables = List.copyOf(tables);
    }

    static ModelCard of(Result result, RunResult run, Weights learned) {
        Study study = result.study();
        return new ModelCard(
                List.of(
                        origin(study, run, learned),
                        metrics(result.comparison(), run),
                        study.data().describe(),
                        limits(result, run.recipe())));
    }

    private static Table origin(Study study, RunResult run, Weights learned) {
        Dataset<?> data = study.data();
        Recipe recipe =
                study.recipes().stream()
                        .filter(r -> r.name().equals(run.recipe()))
                        .findFirst()
                        .orElseThrow();
        List<Map.Entry<String, String>> facts =
                List.of(
                        Map.entry("made for", study.question()),
                        Map.entry("backbone", study.backbone().name()),
                        Map.entry("its SHA-256", study.backbone().weights().sha256()),
                        Map.entry("recipe", run.recipe()),
                        Map.entry("method", recipe.method().words()),
                        Map.entry("settings", recipe.settings().toString()),
                        Map.entry("parameters that learned", String.valueOf(run.trainable())),
                        Map.entry("their SHA-256", learned.sha256()),
                        Map.entry("data", data.name() + ", " + data.kind().words()),
                        Map.entry("its SHA-256", data.sha256()),
                        Map.entry("split", DataCard.split(data)),
                        Map.entry(
                                "seed",
                                run.seed() + ", the best on validation of " + study.seeds()),
                        Map.entry("Tunebook", said(run.provenance().version())),
                        Map.entry("device", said(run.device())));
        return FactTable.of(
                "Model card: " + run.recipe() + " on " + study.backbone().name(), facts);
    }

    private static String said(String text) {
        return text.isEmpty() ? "not said by the version that made it" : text;
    }

    private static Table metrics(Comparison comparison, RunResult run) {
        Map<Metric, Interval> means =
                comparison.summaries().stream()
                        .filter(s -> s.recipe().equals(run.recipe()))
                        .findFirst()
                        .orElseThrow()
                        .metrics();
        List<Metric> metrics = comparison.metrics();
        return Table.create("On the test examples: this model, and its recipe over all seeds")
                .addColumns(
                        StringColumn.create("metric", metrics.stream().map(Metric::words)),
                        StringColumn.create(
                                "this model",
                                metrics.stream().map(m -> Figures.value(m, run.metrics().get(m)))),
                        StringColumn.create(
                                "mean",
                                metrics.stream().map(m -> Figures.value(m, means.get(m).mean()))),
                        StringColumn.create(
                                "95%",
                                metrics.stream().map(m -> Figures.interval(m, means.get(m)))),
                        StringColumn.create(
                                "seeds",
                                metrics.stream().map(m -> String.valueOf(means.get(m).n()))));
    }

    private static Table limits(Result result, String recipe) {
        StringColumn limit = StringColumn.create("limit");
        StringColumn evidence = StringColumn.create("evidence");
        List<Diagnosis> found = new ArrayList<>(result.diagnoses().all());
        found.removeIf(d -> !d.recipe().isEmpty() && !d.recipe().equals(recipe));
        for (Diagnosis diagnosis : found) {
            limit.append(diagnosis.sign().words());
            evidence.append(diagnosis.evidence());
        }
        String cautions = result.cautions().words();
        if (!cautions.isEmpty()) {
            limit.append("to keep in mind");
            evidence.append(cautions);
        }
        return Table.create(limit.isEmpty() ? "Limits: nothing stands out" : "Limits")
                .addColumns(limit, evidence);
    }
}
