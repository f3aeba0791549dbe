package tunebook.course;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tunebook.recipe.Recipe;
import tunebook.recipe.Settings.Budget;
import tunebook.recipe.Settings.Rates;
import tunebook.study.Study;

/** What was to be left as the lesson has it, and was not: each with both values, in words. */
final class Kept {
    private final List<String> others = new ArrayList<>();

    private Kept() {}

    /** Backbone, data and seeds of a study; empty where all are the lesson's. */
    static Optional<String> study(Study mine, Study shown) {
        Kept kept = new Kept();
        kept.same("the backbone", mine.backbone().name(), shown.backbone().name());
        if (!mine.data().sha256().equals(shown.data().sha256()))
            kept.same("the data", name(mine, shown), shown.data().name());
        if (mine.seeds() < shown.seeds()) kept.same("seeds", mine.seeds(), shown.seeds());
        return kept.words();
    }

    private static String name(Study mine, Study shown) {
        String name = mine.data().name();
        return name.equals(shown.data().name()) ? "other examples of " + name : name;
    }

    /** Rates and budget of a recipe; empty where all are the other's. */
    static Optional<String> settings(Recipe mine, Recipe shown) {
        Kept kept = new Kept();
        Rates rates = mine.settings().rates();
        Rates right = shown.settings().rates();
        kept.same("learning rate", plain(rates.learningRate()), plain(right.learningRate()));
        kept.same("layer decay", plain(rates.layerDecay()), plain(right.layerDecay()));
        kept.same("warm-up", plain(rates.warmup()), plain(right.warmup()));
        kept.same("decay", word(rates), word(right));
        Budget budget = mine.settings().budget();
        Budget usual = shown.settings().budget();
        kept.same("epochs", budget.epochs(), usual.epochs());
        kept.same("batch size", budget.batchSize(), usual.batchSize());
        kept.same("parts of a batch", budget.accumulate(), usual.accumulate());
        kept.same("patience", budget.patience(), usual.patience());
        return kept.words();
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String word(Rates rates) {
        return rates.decay().name().toLowerCase(Locale.ROOT);
    }

    private void same(String what, Object mine, Object shown) {
        if (!mine.equals(shown)) others.add(what + " " + mine + " instead of " + shown);
    }

    private Optional<String> words() {
        return others.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", others));
    }
}
