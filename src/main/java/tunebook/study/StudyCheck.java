package tunebook.study;

import java.util.HashSet;
import java.util.Set;
import tunebook.control.Control;
import tunebook.core.TunebookException;
import tunebook.model.Head;
import tunebook.recipe.Plan;
import tunebook.recipe.Recipe;
import tunebook.task.Task;

/** Whether a study can run. */
final class StudyCheck {
    private final Study study;
    private final Set<String> names = new HashSet<>();

    private StudyCheck(Study study) {
        this.study = study;
    }

    /**
     * Checks everything that can be known before anything runs.
     *
     * @throws TunebookException if something is missing or does not fit
     */
    static void of(Study study) {
        new StudyCheck(study).check();
    }

    private void check() {
        require(
                study.backbone() != null,
                "has no backbone",
                "call .backbone(pretrained(\"tiny-english\"))");
        require(
                study.data() != null,
                "has no data",
                "call .data(table(\"file.csv\").text(…).label(…).split(0.7, 0.15, 0.15))");
        require(!study.recipes().isEmpty(), "has no recipes", "call .recipes(full(), lora(8))");
        study.entrants()
                .metric()
                .ifPresent(m -> ChosenMetric.check("metric(" + m + ")", m, study.metrics()));
        require(
                study.execution().workers() == 0 || study.execution().cluster().isEmpty(),
                "has .workers(" + study.execution().workers() + ") beside .on(…), which deals out",
                "leave .workers(…) out; threads of a run: .on(spark(…).threads(n))");
        Head head = Task.of(study.data()).over(study.backbone());
        for (Recipe recipe : study.recipes()) {
            unique(recipe.name());
            Plan.of(recipe, study.backbone().outline(), head);
            if (study.backbone().model().reads().isPresent()) fits(recipe);
        }
        for (Control control : study.entrants().controls()) {
            unique(control.name());
            control.check(study.data());
        }
    }

    private void fits(Recipe recipe) {
        int longest = study.positions() - recipe.method().positions();
        require(
                study.tokens() <= study.positions() && longest >= 3,
                "limit " + study.tokens() + " is above the " + study.positions() + " positions",
                "give at most " + study.positions());
    }

    private void unique(String name) {
        require(
                names.add(name),
                "has two recipes called " + name,
                "name one of them otherwise with .named(\"…\")");
    }

    private void require(boolean fine, String what, String mend) {
        if (!fine) throw new TunebookException("study(\"" + study.question() + "\")", what, mend);
    }
}
