package tunebook.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.Engine;
import tunebook.data.Dataset;
import tunebook.model.Head;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.task.Task;
import tunebook.train.Prefixes;
import tunebook.train.RangeTest;
import tunebook.train.Space;
import tunebook.train.Trainer;

/**
 * Learning-rate range tests of a study's recipes.
 *
 * @param tests by the recipe's name, in the order of the recipes
 * @param usual each recipe's own rate
 */
public record RangeTests(Map<String, RangeTest> tests, Map<String, Double> usual) {
    /** Keeps its own copies. */
    public RangeTests {
        tests = Collections.unmodifiableMap(new LinkedHashMap<>(tests));
        usual = Map.copyOf(usual);
    }

    static RangeTests of(Study study, int steps) {
        Head head = Task.of(study.data()).over(study.backbone());
        Engine engine = study.execution().whole();
        Map<String, RangeTest> tests = new LinkedHashMap<>();
        Map<String, Double> usual = new LinkedHashMap<>();
        try (Engine.Held held = engine.hold(study.backbone().weights(), engine.training());
                Prefixes prefixes =
                        new Prefixes(engine, held, study.backbone(), Space.ofMachine())) {
            Trainer trainer = new Trainer(engine, held, prefixes);
            for (Recipe recipe : study.recipes()) {
                tests.put(recipe.name(), test(study, head, trainer, recipe, steps));
                usual.put(recipe.name(), recipe.settings().rates().learningRate());
            }
        }
        return new RangeTests(tests, usual);
    }

    /** Over as many examples as so many steps take, or all of them again and again. */
    private static RangeTest test(
            Study study, Head head, Trainer trainer, Recipe recipe, int steps) {
        int size = recipe.settings().budget().batchSize();
        int all = study.data().train().size();
        Dataset<?> data = all > steps * size ? study.data().sample(steps * size) : study.data();
        int inEpoch = (data.train().size() + size - 1) / size;
        Recipe rising = RangeTest.recipe(recipe, (steps + inEpoch - 1) / inEpoch);
        Task task = Task.of(data);
        return RangeTest.of(
                trainer,
                Tuning.of(rising, study.backbone(), head, 1),
                task.train(study.backbone(), study.textTokens()),
                task.validation(study.backbone(), study.textTokens()),
                1);
    }

    /** A row for each recipe: its own rate, and the one that the test suggests. */
    public Table table() {
        List<String> names = new ArrayList<>(tests.keySet());
        DoubleColumn own =
                DoubleColumn.create("own rate", names.stream().mapToDouble(usual::get).toArray());
        DoubleColumn found =
                DoubleColumn.create(
                        "a tenth of the rate of least loss",
                        names.stream().mapToDouble(n -> tests.get(n).suggestion()).toArray());
        own.setPrintFormatter(Figures.format("0.0E0"), "–");
        found.setPrintFormatter(Figures.format("0.0E0"), "–");
        return Table.create("Learning-rate range test")
                .addColumns(StringColumn.create("recipe", names), own, found);
    }

    /** A chart of the tests: {@code study.lrFind().plot(lossByRate())}. */
    public <C> C plot(Function<RangeTests, C> chart) {
        return chart.apply(this);
    }
}
