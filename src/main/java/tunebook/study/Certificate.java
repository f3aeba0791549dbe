package tunebook.study;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tunebook.control.Control;
import tunebook.core.TunebookException;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.train.Ending;

/**
 * What a study was about and what each of its runs gave, so that it can be run again and compared.
 *
 * @param made when and with what
 * @param study what it was about
 * @param runs in the order of the comparison
 */
record Certificate(Made made, About study, List<Run> runs) {
    Certificate {
        Objects.requireNonNull(made, "made");
        Objects.requireNonNull(study, "study");
        runs = List.copyOf(runs);
        if (runs.isEmpty()) throw new IllegalArgumentException("no runs");
    }

    /**
     * @param tunebook version of the program that wrote it; that of a run stands there
     * @param java version of the JDK
     * @param system name, version and architecture
     * @param device what computed the runs
     */
    record Made(String tunebook, String date, String java, String system, String device) {
        Made {
            Objects.requireNonNull(date, "made.date");
        }

        static Made now(List<RunResult> runs) {
            return new Made(
                    Provenance.VERSION,
                    Instant.now().toString(),
                    Runtime.version().toString(),
                    System.getProperty("os.name")
                            + " "
                            + System.getProperty("os.version")
                            + ", "
                            + System.getProperty("os.arch"),
                    Provenance.devices(runs));
        }
    }

    /** What is known by its content has its SHA-256 beside the name. */
    record About(String question, Content backbone, Content data, int tokens, int seeds) {
        About {
            Objects.requireNonNull(question, "study.question");
            Objects.requireNonNull(backbone, "study.backbone");
            Objects.requireNonNull(data, "study.data");
            if (seeds < 1) throw new IllegalArgumentException("study.seeds " + seeds);
        }

        static About of(Study study) {
            return new About(
                    study.question(),
                    new Content(study.backbone().name(), study.backbone().weights().sha256()),
                    new Content(study.data().name(), study.data().sha256()),
                    study.textTokens(),
                    study.seeds());
        }
    }

    record Content(String name, String sha256) {
        Content {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(sha256, "sha256");
        }

        @Override
        public String toString() {
            return name + " " + sha256.substring(0, Math.min(12, sha256.length()));
        }
    }

    /**
     * @param settings how it was trained, as text; empty of a control
     * @param tunebook version that made the run
     * @param predictions SHA-256 over the test examples' answers
     * @param curve SHA-256 over the losses on the way
     */
    record Run(
            String recipe,
            String method,
            String settings,
            long seed,
            String key,
            Ending status,
            Map<Metric, Double> metrics,
            String tunebook,
            String predictions,
            String curve) {
        Run {
            Objects.requireNonNull(recipe, "recipe");
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(settings, "settings");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(status, "status");
            metrics.forEach((metric, value) -> Objects.requireNonNull(value, metric.name()));
            Objects.requireNonNull(predictions, "predictions");
            Objects.requireNonNull(curve, "curve");
        }

        static Run of(RunResult run, Form form) {
            return new Run(
                    run.recipe(),
                    form.method(),
                    form.settings(),
                    run.seed(),
                    run.key(),
                    run.status(),
                    Evidence.ofMetrics(run.metrics()),
                    run.provenance().version(),
                    Evidence.ofMarks(run.marks()),
                    Evidence.ofCurve(run.curve()));
        }

        Form form() {
            return new Form(method, settings);
        }
    }

    /** How a recipe or control is made and trained, in words. */
    record Form(String method, String settings) {
        @Override
        public String toString() {
            return settings.isEmpty() ? method : method + " with " + settings;
        }

        /** Of each entrant by its name. */
        static Map<String, Form> of(Study study) {
            Map<String, Form> forms = new LinkedHashMap<>();
            for (Recipe recipe : study.recipes()) {
                var s = recipe.settings();
                forms.put(
                        recipe.name(),
                        new Form(
                                recipe.method().toString(),
                                s.rates() + ", " + s.budget() + ", " + s.restraint()));
            }
            for (Control control : study.entrants().controls())
                forms.put(control.name(), new Form(control.toString(), ""));
            return forms;
        }
    }

    static Certificate of(Result result) {
        List<RunResult> runs = result.comparison().runs();
        for (RunResult run : runs)
            if (run.status() == Ending.INTERRUPTED)
                throw new TunebookException(
                        "certificate",
                        "run " + run.recipe() + " seed " + run.seed() + " was interrupted",
                        "run the study again: it goes on where it stopped");
        Map<String, Form> forms = Form.of(result.study());
        return new Certificate(
                Made.now(runs),
                About.of(result.study()),
                runs.stream().map(run -> Run.of(run, forms.get(run.recipe()))).toList());
    }
}
