package tunebook.bench;

import java.util.List;
import tunebook.bench.djl.DjlGeneration;
import tunebook.bench.own.OwnGeneration;

/** Work on texts that is more than steps. */
final class TextCases {
    private TextCases() {}

    static List<Case> all() {
        return List.of(
                new Case(
                        "generate-256",
                        "tokens/s",
                        Goal.atLeast(1),
                        Side.tunebook(OwnGeneration::new),
                        Side.djl(DjlGeneration::new),
                        Case.Terms.USUAL.exact().warm(4)));
    }
}
