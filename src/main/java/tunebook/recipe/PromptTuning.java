package tunebook.recipe;

import tunebook.core.AdaptedOps;
import tunebook.core.Decorator;
import tunebook.core.Embedding;
import tunebook.core.Init;
import tunebook.core.Input;
import tunebook.core.Ops;
import tunebook.core.Shape;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.model.Backbone;
import tunebook.model.Model;

/**
 * Prompt tuning: p learned rows before the embedded text, at positions 0 … p − 1. They start as
 * rows of random words.
 *
 * @param tokens p, at least 1
 * @see <a href="https://arxiv.org/abs/2104.08691">Lester et al. 2021, §2</a>
 */
public record PromptTuning(int tokens) implements Method {
    /** Checks the length. */
    public PromptTuning {
        if (tokens < 1) {
            throw new TunebookException(
                    "promptTuning(" + tokens + ")", "has no virtual token", "give 1 or more");
        }
    }

    @Override
    public String label() {
        return "prompt tuning p" + tokens;
    }

    @Override
    public double usualRate() {
        return 1e-2;
    }

    @Override
    public boolean learns(String weight, Model model) {
        return false;
    }

    @Override
    public int virtualTokens() {
        return tokens;
    }

    @Override
    public Decorator on(Backbone backbone) {
        String words = backbone.model().words();
        return new Decorator() {
            @Override
            public <T> Ops<T> over(Ops<T> ops) {
                return new AdaptedOps<>(ops) {
                    @Override
                    public T embedding(Embedding site, Input ids) {
                        T text = inner.embedding(site, ids);
                        if (!site.name().equals(words)) return text;
                        Weight prompt =
                                new Weight(
                                        words + ".prompt_embeddings",
                                        Shape.of(tokens, site.width()),
                                        Init.rowsOf(site.weight().name()));
                        return inner.prepend(inner.weight(prompt), text);
                    }
                };
            }
        };
    }

    @Override
    public void check(Backbone backbone) {
        int positions = backbone.model().positions();
        if (tokens > positions - 3) {
            throw new TunebookException(
                    "promptTuning(" + tokens + ")",
                    backbone.name()
                            + " has "
                            + positions
                            + " positions and a text takes at least 3",
                    "give at most " + (positions - 3));
        }
    }
}
