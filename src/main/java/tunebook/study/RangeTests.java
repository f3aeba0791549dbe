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
import tunebook.model.Head;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.task.Task;
import tunebook.train.RangeTest;

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
        Task task = Task.of(study.data());
        Head head = task.over(study.backbone());
        Engine engine =
                study.execution().engine().apply(Runtime.getRuntime().availableProcessors());
        var train = task.train(study.backbone(), study.textTokens()).batches();
        Map<String, RangeTest> tests = new LinkedHashMap<>();
        Map<String, Double> usual = new LinkedHashMap<>();
        try (Engine.Held held = engine.hold(study.backbone().weights(), engine.training())) {
            for (Recipe recipe : study.recipes()) {
                Tuning tuning = Tuning.of(recipe, study.backbone(), head, 1);
                tests.put(recipe.name(), RangeTest.of(engine, held, tuning, train, steps, 1));
                usual.put(recipe.name(), recipe.settings().rates().learningRate());
            }
        }
        return new RangeTests(tests, usual);
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
