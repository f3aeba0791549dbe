package tunebook.model;

import tunebook.core.Decorator;
import tunebook.core.Input;
import tunebook.core.Ops;
import tunebook.core.Program;

/**
 * The computations that a model, a head and a fine-tuning method make together.
 *
 * @param model architecture
 * @param head on top
 * @param method what decorates the operations
 * @param cut how many stages are taken as computed: 0 none, 1 the embedding, i + 1 the first i
 *     blocks too
 */
public record Programs(Model model, Head head, Decorator method, int cut) {
    /** Logits from the batch's tokens, or from its hidden rows where the cut is above 0. */
    public Program logits() {
        return new Program() {
            @Override
            public <T> T run(Ops<T> plain) {
                Ops<T> ops = method.over(plain);
                return head.logits(ops, above(ops));
            }
        };
    }

    /** The head's loss against the batch's right answers. */
    public Program loss() {
        return new Program() {
            @Override
            public <T> T run(Ops<T> plain) {
                Ops<T> ops = method.over(plain);
                return head.loss(ops, head.logits(ops, above(ops)));
            }
        };
    }

    /**
     * Rows below the cut, from the batch's tokens: what a frozen prefix gives for every epoch
     * alike.
     */
    public Program prefix() {
        return new Program() {
            @Override
            public <T> T run(Ops<T> plain) {
                Ops<T> ops = method.over(plain);
                T x = model.embed(ops);
                for (int i = 0; i < cut - 1; i++) x = model.block(ops, i, x);
                return x;
            }
        };
    }

    /** Rows of the last block. */
    public Program hidden() {
        return new Program() {
            @Override
            public <T> T run(Ops<T> plain) {
                return above(method.over(plain));
            }
        };
    }

    private <T> T above(Ops<T> ops) {
        T x = cut == 0 ? model.embed(ops) : ops.input(Input.HIDDEN, model.width(cut));
        for (int i = Math.max(0, cut - 1); i < model.blocks(); i++) x = model.block(ops, i, x);
        return x;
    }
}
