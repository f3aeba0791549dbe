package tunebook.recipe;

import java.util.List;
import tunebook.core.Decorator;
import tunebook.core.Embedding;
import tunebook.core.Init;
import tunebook.core.Ops;
import tunebook.core.Shape;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.model.Outline;

/**
 * Prompt tuning: p learned rows before the embedded text, at positions 0 … p − 1.
 *
 * @param tokens p, at least 1
 * @param start where the rows begin
 * @param text the words they begin at, where they begin at a text
 * @see <a href="https://arxiv.org/abs/2104.08691">Lester et al. 2021, §2</a>
 */
public record PromptTuning(int tokens, Start start, String text) implements RowsBeforeText {
    /** Where the rows begin. */
    public enum Start {
        /** At rows of random words. */
        VOCABULARY("random words"),
        /** Uniform in ±0.5. */
        RANDOM("uniform in ±0.5"),
        /** At the words of a text, over again where it is too short. */
        TEXT("");

        private final String words;

        Start(String words) {
            this.words = words;
        }
    }

    /** Rows that begin at random words. */
    public PromptTuning(int tokens) {
        this(tokens, Start.VOCABULARY, "");
    }

    /** Checks the length. */
    public PromptTuning {
        VirtualRows.check("promptTuning(" + tokens + ")", tokens);
        if (start == Start.TEXT && text.isBlank())
            throw new TunebookException(".text(\"\")", "is empty", "give some words");
    }

    /** The same with rows that begin uniform in ±0.5. */
    public PromptTuning random() {
        return new PromptTuning(tokens, Start.RANDOM, "");
    }

    /** The same with rows that begin at these words. */
    public PromptTuning text(String text) {
        return new PromptTuning(tokens, Start.TEXT, text);
    }

    @Override
    public String label() {
        return "prompt tuning p" + tokens;
    }

    @Override
    public List<Setting> own() {
        String from = start == Start.TEXT ? "\"" + text + "\"" : start.words;
        return List.of(Setting.of("rows", tokens), Setting.of("start", from));
    }

    @Override
    public double usualRate() {
        return 1e-2;
    }

    @Override
    public String call() {
        return "promptTuning(" + tokens + ")";
    }

    @Override
    public void check(Outline base) {
        RowsBeforeText.super.check(base);
        if (start == Start.TEXT && base.tokenizer() == null)
            throw new TunebookException(
                    label() + ".text(\"" + text + "\")",
                    base.name() + " has no tokenizer",
                    "begin with random()");
    }

    @Override
    public Decorator on(Outline base) {
        return new Decorator() {
            @Override
            public <T> Ops<T> over(Ops<T> ops) {
                return new VirtualRows<>(ops, base) {
                    @Override
                    T rows(Embedding words) {
                        return inner.weight(
                                new Weight(
                                        words.name() + ".prompt_embeddings",
                                        Shape.of(tokens, words.width()),
                                        init(words, base)));
                    }
                };
            }
        };
    }

    private Init init(Embedding words, Outline base) {
        return switch (start) {
            case VOCABULARY -> Init.rowsOf(words.weight().name());
            case RANDOM -> Init.uniform(0.5);
            case TEXT -> Init.rowsOf(words.weight().name(), base.tokenizer().plain(text));
        };
    }
}
