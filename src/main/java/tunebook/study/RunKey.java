package tunebook.study;

import tunebook.control.Control;
import tunebook.core.Engine;
import tunebook.core.Sha256;
import tunebook.recipe.Recipe;

/**
 * What makes two runs the same run: recipe, seed, weights, data, limit, what is measured, and what
 * arithmetic of which version.
 */
final class RunKey {
    /** Raised whenever equal inputs give other bits than before. */
    private static final int ARITHMETIC = 2;

    private final String common;

    RunKey(Study study, Engine engine) {
        this.common =
                "arithmetic "
                        + ARITHMETIC
                        + "\nmodel "
                        + study.backbone().model()
                        + "\nweights "
                        + study.backbone().weights().sha256()
                        + "\ndata "
                        + study.data().sha256()
                        + "\nmetrics "
                        + study.metrics()
                        + study.source()
                                .map(s -> "\nsource " + s.sha256() + " " + study.room())
                                .orElse("")
                        + "\ntokens "
                        + study.textTokens()
                        + (engine.arithmetic().isEmpty() ? "" : "\nengine " + engine.arithmetic());
    }

    /** Of what answers without the backbone. */
    String of(Control control, long seed) {
        return Sha256.of("control " + control + common + "\nseed " + seed);
    }

    /** SHA-256 in hexadecimal. The recipe's name does not count, its settings do. */
    String of(Recipe recipe, long seed) {
        var settings = recipe.settings();
        String text =
                common
                        + "\nmethod "
                        + recipe.method()
                        + "\nsettings "
                        + settings.rates()
                        + settings.budget()
                        + settings.restraint()
                        + "\nseed "
                        + seed;
        return Sha256.of(text);
    }
}
