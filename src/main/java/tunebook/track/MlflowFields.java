package tunebook.track;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import tunebook.recipe.Recipe;
import tunebook.recipe.Settings;
import tunebook.study.RunResult;
import tunebook.study.Study;

/** What MLflow is told of a run, in its own words. */
final class MlflowFields {
    /** The longest value that every MLflow server since 1.0 takes, in characters. */
    private static final int LONGEST = 250;

    private MlflowFields() {}

    static String name(RunResult run) {
        return cut(run.recipe(), LONGEST - 30) + ", seed " + run.seed();
    }

    static RunStatus status(RunResult run) {
        return switch (run.status()) {
            case FINISHED -> RunStatus.FINISHED;
            case DIVERGED -> RunStatus.FAILED;
            case INTERRUPTED -> RunStatus.KILLED;
        };
    }

    static List<RunTag> tags(RunResult run) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("mlflow.runName", name(run));
        tags.put("tunebook.key", run.key());
        tags.put("tunebook.status", run.status().name());
        tags.put("tunebook.device", run.device());
        tags.put("tunebook.message", run.message());
        List<RunTag> all = new ArrayList<>();
        tags.forEach(
                (key, value) -> {
                    if (!value.isBlank()) all.add(tag(key, value));
                });
        return all;
    }

    static RunTag tag(String key, String value) {
        return RunTag.newBuilder().setKey(key).setValue(cut(value, LONGEST)).build();
    }

    /** What the run was asked for; settings only of a recipe that the study has. */
    static List<Param> params(RunResult run, Study study) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("recipe", run.recipe());
        params.put("seed", run.seed());
        if (study.backbone() != null) params.put("backbone", study.backbone().name());
        if (study.data() != null) params.put("data", study.data().name());
        params.put("trainable", run.trainable());
        study.recipes().stream()
                .filter(recipe -> recipe.name().equals(run.recipe()))
                .findFirst()
                .ifPresent(recipe -> settings(recipe, params));
        List<Param> all = new ArrayList<>();
        params.forEach(
                (key, value) ->
                        all.add(
                                Param.newBuilder()
                                        .setKey(key)
                                        .setValue(cut(value.toString(), LONGEST))
                                        .build()));
        return all;
    }

    private static void settings(Recipe recipe, Map<String, Object> params) {
        Settings.Rates rates = recipe.settings().rates();
        Settings.Budget budget = recipe.settings().budget();
        Settings.Restraint restraint = recipe.settings().restraint();
        params.put("method", recipe.method().label());
        params.put("method_settings", recipe.method().words());
        params.put("learning_rate", rates.learningRate());
        params.put("layer_decay", rates.layerDecay());
        params.put("warmup", rates.warmup());
        params.put("schedule", rates.decay());
        params.put("epochs", budget.epochs());
        params.put("batch_size", budget.batchSize());
        params.put("accumulate", budget.accumulate());
        params.put("patience", budget.patience());
        params.put("weight_decay", restraint.weightDecay());
        params.put("max_norm", restraint.maxNorm());
        params.put("balanced", restraint.balanced());
    }

    /**
     * Finite values only: MLflow refuses others.
     *
     * @param time of all, milliseconds since 1970
     */
    static List<Metric> metrics(RunResult run, long time) {
        List<Scalar> scalars = new ArrayList<>(Scalar.of(run));
        scalars.add(new Scalar("run/seconds", Scalar.steps(run), run.seconds()));
        scalars.add(new Scalar("run/peak bytes", Scalar.steps(run), run.peakBytes()));
        return scalars.stream()
                .filter(scalar -> Double.isFinite(scalar.value()))
                .map(
                        scalar ->
                                Metric.newBuilder()
                                        .setKey(scalar.tag())
                                        .setValue(scalar.value())
                                        .setStep(scalar.step())
                                        .setTimestamp(time)
                                        .build())
                .toList();
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) return text;
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "…";
    }
}
